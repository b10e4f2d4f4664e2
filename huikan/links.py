"""Where files lie when the links on the way to them are followed."""

from __future__ import annotations

import errno
from pathlib import Path


def lies_in(folder: Path, path: Path) -> bool:
    """Whether `path` lies in `folder`, wherever links lead; one that leads to itself lies nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a link to itself, before Python 3.13
        return False


def leads_nowhere(path: Path) -> bool:
    """Whether a link on the way to `path` leads back to itself."""
    try:
        path.resolve(strict=True)
    except RuntimeError:
        return True
    except (OSError, ValueError) as error:  # ValueError: no name of a file
        return getattr(error, "errno", None) == errno.ELOOP
    return False
