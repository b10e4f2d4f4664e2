"""Reading a text source: its encoding, its lines, and the characters that no document may hold."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from huikan.finding import ContentError, Finding, Severity

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff]")
_SPACE_LIKE = re.compile("[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source, counted from 1 as editors count, without white space at its ends.

    `removed` names the characters that were taken out because XML and YAML forbid them.
    """

    number: int
    text: str
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


def decode_source(data: bytes, source_name: str = "") -> tuple[str, str]:
    """Text and the name of its encoding: by byte order mark, else UTF-8, UTF-16 or GB18030.

    Raises ContentError when the bytes are none of these.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding, source_name)
    candidates = ["utf-8", "gb18030"]
    if b"\x00" in data:
        candidates = [_byte_order(data), "utf-8", "gb18030"]
    for encoding in candidates[:-1]:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return _decoded(data, candidates[-1], source_name)


def _byte_order(data: bytes) -> str:
    """UTF-16 without a mark: the zero bytes of line ends and Latin letters stand at odd or at even places."""
    return "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"


def _decoded(data: bytes, encoding: str, source_name: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        problem = Finding(
            "HK801",
            Severity.ERROR,
            f"the text is not valid {encoding} (byte {error.start + 1})",
            "save it as UTF-8 and import again",
            file=source_name,
        )
        raise ContentError([problem]) from error


def source_lines(text: str) -> tuple[SourceLine, ...]:
    """The lines of a text. Line ends are LF, CR LF or CR; other line separators count as spaces."""
    lines = []
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        spaced = _SPACE_LIKE.sub(" ", raw)
        if number == 1:
            spaced = spaced.removeprefix("\ufeff")
        removed = tuple(f"U+{ord(sign):04X}" for sign in spaced if _is_forbidden(sign))
        kept = without_forbidden(spaced)
        lines.append(SourceLine(number, kept.strip(), removed))
    return tuple(lines)


def without_forbidden(text: str) -> str:
    """The text without the characters that XML and YAML forbid; rare line separators become spaces."""
    return "".join(sign for sign in _SPACE_LIKE.sub(" ", text) if not _is_forbidden(sign))


def _is_forbidden(sign: str) -> bool:
    return bool(_FORBIDDEN.match(sign)) or (ord(sign) & 0xFFFE) == 0xFFFE


def compact(text: str) -> str:
    """The text without any white space, in which typed alignment does not count."""
    return "".join(text.split())


def is_latin(text: str) -> bool:
    """Whether the text holds Latin letters and no letters of another script."""
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
