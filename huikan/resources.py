"""Where built-in templates, styles and starters are: package data in the wheel, beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def builtin(name: str) -> Path:
    """Folder of the built-in `templates`, `styles` or `starters`.

    Raises FileNotFoundError when the installation does not carry it.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation of huikan carries no {name}/")
