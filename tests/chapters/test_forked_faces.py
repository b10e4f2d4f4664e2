"""Processes forked from one that has looked for faces look for more of them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from typing import TypeVar

import pytest
from weasyprint import HTML

from huikan.render.chapters import forked_faces
from huikan.render.chapters.forked_faces import ForkedFaces
from huikan.render.layout import chinese_layout

T = TypeVar("T")
LONGEST = 60
"""Seconds until a process counts as one that waits for ever."""


def fonts_in(faces: ForkedFaces, family: str) -> int:
    html = f"<p lang=zh-Hans style='font:12pt {family}'>海岸与港口 Harbour</p>"
    with chinese_layout():
        pdf: bytes = HTML(string=html).write_pdf(font_config=faces, uncompressed_pdf=True)
    return pdf.count(b"/FontFile")


def told_by_fork(work: Callable[[], T]) -> T:
    """What a forked process says; it is ended if it says nothing."""
    near, far = multiprocessing.Pipe(duplex=False)

    def tell(line: Connection) -> None:
        line.send(work())

    process = multiprocessing.get_context("fork").Process(target=tell, args=(far,))
    process.start()
    try:
        assert near.poll(LONGEST), "the forked process waits for ever"
        said: T = near.recv()
        return said
    finally:
        process.kill()
        process.join()


def test_a_forked_process_finds_faces_that_nobody_sought_before() -> None:
    faces = ForkedFaces()
    assert fonts_in(faces, "'Noto Serif CJK SC'") > 0
    for family in ("'Noto Sans CJK SC', 'Noto Serif'", "'Noto Serif CJK SC'"):
        assert told_by_fork(partial(fonts_in, faces, family)) == fonts_in(ForkedFaces(), family)


def test_where_pango_seeks_in_a_thread_each_process_has_a_font_map_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = count()
    monkeypatch.setattr(forked_faces, "_tasks", lambda: {f"no such thread {next(ids)}"})
    faces = ForkedFaces()
    ours = faces.font_map

    def theirs() -> tuple[bool, bool, int]:
        made = faces.font_map
        return made is ours, made is faces.font_map, fonts_in(faces, "'Noto Serif CJK SC'")

    was_ours, stays, fonts = told_by_fork(theirs)
    assert (was_ours, stays) == (False, True)
    assert fonts == fonts_in(faces, "'Noto Serif CJK SC'")
    assert faces.font_map is ours


def test_a_fork_waits_until_pango_seeks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def is_idle(task: str) -> bool:
        asked.append(task)
        return len(asked) > 3

    monkeypatch.setattr(forked_faces, "_seekers", {"1"})
    monkeypatch.setattr(forked_faces, "_is_idle", is_idle)
    assert told_by_fork(lambda: sorted(forked_faces._seekers)) == []
    assert asked == ["1"] * 4
