"""The layout touches private parts of WeasyPrint: it must know the version, and leave nothing behind."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path

import pytest
import weasyprint
from weasyprint.layout import inline, preferred

from huikan.finding import MissingSystemPartError
from huikan.render.chapters.book import set_book
from huikan.render.layout import KNOWN_VERSION, UnknownEngine, chinese_layout
from huikan.render.workshop import Workshop
from tests.archive.booklets import archive_order
from tests.publication import write_small_publication


def test_the_installed_engine_is_the_one_that_was_read() -> None:
    assert weasyprint.__version__ == KNOWN_VERSION, (
        "read layout/inline.py, layout/preferred.py and text/line_break.py of the new version, "
        "run the typography tests, then set KNOWN_VERSION"
    )


def test_an_unknown_engine_is_left_alone_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    before = inline.split_inline_box
    with warnings.catch_warnings(record=True, action="always") as caught, chinese_layout() as known:
        assert known is False
        assert inline.split_inline_box is before
    assert [warning.category for warning in caught] == [UnknownEngine]
    assert "71.0 is installed" in str(caught[0].message)


def test_an_unknown_engine_writes_no_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_small_publication(tmp_path)
    order = archive_order(tmp_path, "zh-Hans")
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(MissingSystemPartError, match=r"71\.0 is installed: pip install weasyprint=="):
        set_book(order, Workshop())


def test_the_engine_is_as_it_was_after_the_context_even_when_nested_or_failed() -> None:
    names = ("split_inline_box", "text_align", "remove_last_whitespace")
    before = [getattr(inline, name) for name in names] + [preferred.inline_line_widths]
    with contextlib.suppress(ZeroDivisionError), chinese_layout(), chinese_layout() as known:
        assert known is True
        assert inline.split_inline_box is not before[0]
        raise ZeroDivisionError
    assert [getattr(inline, name) for name in names] + [preferred.inline_line_widths] == before
