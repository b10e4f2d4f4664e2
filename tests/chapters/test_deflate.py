"""Streams are deflated in threads as the engine deflates them, and not again as long as they are the same."""

import io

import pytest
from weasyprint.pdf import pydyf

from huikan.render.chapters import deflate
from huikan.render.chapters.deflate import Deflater


def written(contents: list[bytes], deflater: Deflater | None) -> bytes:
    pdf = pydyf.PDF()
    for content in contents:
        pdf.add_object(pydyf.Stream([content[:3], content[3:]], {"Length1": len(content)}, compress=True))
    pdf.add_object(pydyf.Stream(["words"], compress=True))
    pdf.add_object(pydyf.Stream([b"as it is"], compress=False))
    if deflater is not None:
        deflater.deflate(pdf)
    target = io.BytesIO()
    pdf.write(target)
    return target.getvalue()


def test_the_file_is_the_one_that_the_engine_writes() -> None:
    contents = [bytes(range(256)) * 400, b"", b"\n", b"abc" * 9_000]
    assert written(contents, Deflater(2)) == written(contents, None)


def test_what_was_in_the_last_file_is_not_deflated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    deflater, fresh, original = Deflater(1), list[int](), deflate._deflated

    def counted(content: bytes) -> bytes:
        fresh.append(len(content))
        return original(content)

    monkeypatch.setattr(deflate, "_deflated", counted)
    first = written([b"one" * 50, b"three" * 50], deflater)
    assert sorted(fresh) == [151, 251]
    assert written([b"one" * 50, b"three" * 50], deflater) == first
    assert len(fresh) == 2
    assert written([b"one" * 50, b"two" * 60], deflater) == written([b"one" * 50, b"two" * 60], None)
    assert sorted(fresh) == [151, 181, 251]
