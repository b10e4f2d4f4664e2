"""What a file is that is not UTF-8 text."""

from __future__ import annotations

import re

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_HAN = re.compile("[\u4e00-\u9fff]")
_SAVE = "save the file with the encoding UTF-8"


def why_not_text(raw: bytes) -> tuple[str, str]:
    """What is probably in a file that is not UTF-8, and what to do."""
    if raw.startswith(_PACKED):
        return "not UTF-8 text: a document of Word, Excel or PDF", "copy its text into a new file of text in its place"
    if raw.startswith(_UTF_16):
        return "not UTF-8 text: UTF-16, which Notepad calls Unicode", _SAVE
    try:
        is_chinese = _HAN.search(raw.decode("gb18030")) is not None
    except UnicodeDecodeError:
        is_chinese = False
    return f"not UTF-8 text{': GBK, which Notepad calls ANSI' if is_chinese else ''}", _SAVE
