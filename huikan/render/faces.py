"""Whether the faces that the design asks for are on this machine, and the line that installs those that are not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import tinycss2

from huikan.finding import MissingSystemPartError

if TYPE_CHECKING:
    from collections.abc import Iterable

_APT = {
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "Noto Serif": "fonts-noto-core",
    "Noto Sans": "fonts-noto-core",
    "LXGW WenKai": "fonts-lxgw-wenkai",
}
_BREW = {
    "Noto Serif CJK SC": "font-noto-serif-cjk-sc",
    "Noto Sans CJK SC": "font-noto-sans-cjk-sc",
    "Noto Serif": "font-noto-serif",
    "Noto Sans": "font-noto-sans",
    "LXGW WenKai": "font-lxgw-wenkai",
}
_FONTCONFIG_SECONDS = 60
_FACE = 0xFFFF
"""The bits of fontconfig's index that number the face; the upper ones number the instance of a variable face."""


def required_faces(stylesheet: str) -> tuple[str, ...]:
    """First family of each `--font-…` token in `stylesheet`, in order, without repetition."""
    families: dict[str, None] = {}
    for rule in tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        for declaration in tinycss2.parse_blocks_contents(rule.content):
            if declaration.type == "declaration" and declaration.name.startswith("--font-"):
                family = _first_family(declaration.value)
                if family:
                    families[family] = None
    return tuple(families)


def installed_faces() -> frozenset[str]:
    """Every family that fontconfig knows, in lower case.

    Raises MissingSystemPartError when fontconfig's `fc-list`, which comes with Pango, cannot be run.
    """
    listed = _fontconfig("fc-list", ":", "family")
    return frozenset(
        family.replace("\\", "").strip().lower() for line in listed.splitlines() for family in line.split(",")
    )


def face_file(family: str) -> tuple[Path, int]:
    """The file that fontconfig has for the regular face of `family`, and the face's number in it.

    Raises MissingSystemPartError when `fc-match` cannot be run.
    """
    named = re.sub(r"([\\:,-])", r"\\\1", family)  # these have a meaning in a pattern: FZHei-B01S
    file, index = _fontconfig("fc-match", "-f", "%{file}\n%{index}", named).split("\n")
    return Path(file), int(index) & _FACE


def _fontconfig(*command: str) -> str:
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_FONTCONFIG_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        line = "brew install pango" if sys.platform == "darwin" else "apt install libpango-1.0-0 fontconfig"
        missing = f"{command[0]} does not run ({error}); fontconfig comes with Pango: {line}"
        raise MissingSystemPartError(missing) from error
    return asked.stdout


def missing_faces(families: Iterable[str], installed: frozenset[str] | None = None) -> tuple[str, ...]:
    """Those of `families` that are not installed; `installed` is asked of fontconfig when it is not given."""
    known = installed_faces() if installed is None else installed
    return tuple(family for family in families if family.lower() not in known)


def install_line(families: Iterable[str], platform: str = sys.platform) -> str:
    """The command that installs `families` on this platform; families of no known package are named after it."""
    packages, prefix = (_BREW, "brew install --cask") if platform == "darwin" else (_APT, "apt install")
    wanted = list(families)
    names = dict.fromkeys(packages[family] for family in wanted if family in packages)
    others = [family for family in wanted if family not in packages]
    parts = [f"{prefix} {' '.join(names)}"] if names else []
    if others:
        parts.append(f"install the font files of: {', '.join(others)}")
    return "; ".join(parts)


_seen: set[str] = set()
"""Families that were there in this process: faces do not go while booklets are made, and asking takes time."""


def require_faces(families: Iterable[str]) -> None:
    """Raise MissingSystemPartError, with the line to type, unless all of `families` are installed."""
    unseen = [family for family in families if family not in _seen]
    missing = missing_faces(unseen) if unseen else ()
    _seen.update(family for family in unseen if family not in missing)
    if missing:
        raise MissingSystemPartError(
            f"these faces are not installed: {', '.join(missing)}\n    → {install_line(missing)}"
        )


def require_faces_of(stylesheets: Iterable[Path]) -> None:
    """Raise MissingSystemPartError unless every face that the tokens among `stylesheets` name is installed."""
    require_faces(
        face
        for sheet in stylesheets
        if sheet.name == "tokens.css"
        for face in required_faces(sheet.read_text(encoding="utf-8-sig"))
    )


def _first_family(tokens: list[tinycss2.ast.Node]) -> str:
    """The first family of a `font-family` value: a string, or identifiers up to the comma."""
    words: list[str] = []
    for token in tokens:
        if token.type == "string":
            return str(token.value)
        if token.type == "ident":
            words.append(str(token.value))
        elif token == ",":
            break
    return " ".join(words)
