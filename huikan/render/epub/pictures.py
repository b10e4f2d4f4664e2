"""Pictures of the e-book: in formats that every reading system knows, no larger than a tablet shows them."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree.ElementTree import Element

from huikan.render.screen_pictures import screen_picture

WIDTH = 1200
"""Pixels across at most."""

_QUALITY = 82


def packed_pictures(tree: Element, folder: Path) -> dict[str, bytes]:
    """Each picture of the tree once, by the name that its `img` elements now have: JPEG, or PNG if transparent.

    Raises ContentError for a source that is no picture in `folder`.
    """
    names: dict[str, str] = {}
    packed: dict[str, bytes] = {}
    for image in tree.iter("img"):
        source = image.get("src", "")
        if source not in names:
            stream, picture = io.BytesIO(), screen_picture(source, folder, WIDTH)
            if picture.mode == "RGBA":
                picture.save(stream, "PNG", optimize=True)
            else:
                picture.save(stream, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
            names[source] = f"images/{len(names) + 1:04}.{'png' if picture.mode == 'RGBA' else 'jpg'}"
            packed[names[source]] = stream.getvalue()
        image.set("src", names[source])
    return packed
