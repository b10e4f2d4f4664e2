"""Portraits scaled to their place before the pages that print them are made, while a core has nothing else to do."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from huikan.cache import Store
from huikan.render.photographs import header_of, is_scaled, photograph_at, pixels_for
from huikan.render.resolution import LARGEST_PPI
from huikan.render.tokens import load_tokens
from huikan.render.workshop import Workshop

_POINTS_PER_INCH = 72
_LAST_IN_TURN = 19
"""The nice value of what runs when nothing else wants to."""
_WIDER = 1.02
"""So many times as wide as its place a picture is cut at its sides, whatever rule of colour stands below it."""


def begin_to_scale(portraits: Iterable[Path], styles: tuple[Path, ...], theme: str, store: Store) -> None:
    """Scale the portraits into the store, in a thread that gives way to all other work of the machine.

    Their place is that of the tokens in `styles` and its `theme`. A page that has another finds nothing in the store
    and scales its picture itself. What is wrong with a picture is told by those who need it.
    """
    work = threading.Thread(target=_scale, args=(tuple(portraits), styles, theme, store), daemon=True)
    work.start()


def _scale(portraits: tuple[Path, ...], styles: tuple[Path, ...], theme: str, store: Store) -> None:
    with suppress(OSError):  # then it takes its turn with the others
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LAST_IN_TURN)
    with suppress(Exception):  # whoever needs the picture tells what is wrong with it
        tokens = load_tokens(styles, theme)
        place, workshop = (tokens.length("photo-column"), tokens.length("photo-height")), Workshop(store=store)
        done: set[str] = set()
        for portrait in portraits:
            size = pixels_in_place(portrait, place)
            if size is None or (digest := workshop.digest_of(portrait)) in done:
                continue
            done.add(digest)  # copies of one picture are no sign that pages are being made
            if is_scaled(portrait, size, workshop):
                return  # pages are being made, or were: they do as much for themselves
            photograph_at(portrait, size, workshop)


def pixels_in_place(portrait: Path, place: tuple[float, float]) -> tuple[int, int] | None:
    """The pixels in which a portrait fills the width of a place of so many pt (width, height).

    None when it has no more, and when its height decides, which is less than the place's by what the stylesheet draws
    there. Raises OSError for a file that is no picture.
    """
    width, height, *_ = header_of(portrait)
    share = LARGEST_PPI / _POINTS_PER_INCH * place[0] / width
    if share >= 1 or width * place[1] > _WIDER * height * place[0]:
        return None
    return pixels_for(portrait, (math.ceil(width * share), math.ceil(height * share)))
