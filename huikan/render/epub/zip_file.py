"""The container (https://www.w3.org/TR/epub-33/#sec-ocf): a ZIP whose first file says what it is."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping
from io import BytesIO

_MEDIA_TYPE = b"application/epub+zip"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX, _FILE_MODE = 3, 0o100644
_PACKED = (".png", ".jpg")


def write_container(target: BytesIO, files: Mapping[str, bytes], time: dt.datetime) -> None:
    """Write `files` in their order, all of the same `time`: the same files give the same bytes."""
    moment = max((time.year, time.month, time.day, time.hour, time.minute, time.second), _EARLIEST)
    with zipfile.ZipFile(target, "w") as container:
        for name, data in {"mimetype": _MEDIA_TYPE, **files}.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system, entry.external_attr = _UNIX, _FILE_MODE << 16
            stored = name == "mimetype" or name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            container.writestr(entry, data)
