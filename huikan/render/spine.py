"""The spine of a perfect-bound booklet: its title from head to foot."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from huikan.content.resolved import ResolvedBooklet
from huikan.render.pdf import write_pdf


def write_spine(target: BytesIO, booklet: ResolvedBooklet, *, width_mm: float, stylesheets: Sequence[Path]) -> None:
    """Write a PDF of one page, `width_mm` wide and as high as the booklet, in PDF/X-4 with bleed at head and foot.

    Han characters stand upright below one another; Latin words run down the spine, as English books have them.
    """
    root = Element("html", lang=booklet.language)
    head = SubElement(root, "head")
    SubElement(head, "title").text = booklet.title.text
    SubElement(head, "style").text = f"@page {{ size: {width_mm:.3f}mm var(--page-height); margin: 0 }}"
    body = SubElement(root, "body")
    title = booklet.title.text
    if booklet.title.language.startswith("zh"):
        words = SubElement(body, "div", {"class": "upright"})
        for character in title:
            SubElement(words, "p").text = character
    else:
        SubElement(body, "div", {"class": "turned"}).text = title
    write_pdf(
        root,
        target,
        folder=stylesheets[0].parent,
        stylesheets=stylesheets,
        language=booklet.language,
        variant="pdf/x-4",
    )
