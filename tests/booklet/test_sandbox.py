"""What templates may see: what Jinja's sandbox lets them, however often they ask."""

from __future__ import annotations

import types
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from huikan.content.resolved import Phrase
from huikan.render import html
from huikan.render.html import Sandbox


class Own:
    def method(self) -> str:
        return "said"


def generator() -> Any:
    yield 1


OBJECTS: tuple[Any, ...] = (
    [], {}, set(), "text", 1, int, Own, Own(), Own().method, generator, generator(), generator.__code__,
    types.SimpleNamespace(clear=1), Phrase, (1, 2), frozenset(),
)  # fmt: skip
ATTRIBUTES = (
    "append", "clear", "upper", "format", "mro", "method", "_private", "__class__", "__globals__", "__func__",
    "gi_frame", "gi_code", "co_code", "items", "pop", "popitem", "add", "real", "text", "index",
)  # fmt: skip
KNOWN = Sandbox()


@given(st.lists(st.tuples(st.integers(0, len(OBJECTS) - 1), st.sampled_from(ATTRIBUTES)), max_size=40))
def test_an_attribute_is_judged_as_jinja_judges_it(asked: list[tuple[int, str]]) -> None:
    plain = ImmutableSandboxedEnvironment()
    for at, name in asked:
        assert KNOWN.is_safe_attribute(OBJECTS[at], name, None) is plain.is_safe_attribute(OBJECTS[at], name, None)


def test_no_more_is_kept_than_a_book_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_JUDGED", 3)
    sandbox = Sandbox()
    for name in ATTRIBUTES * 2:
        safe = name not in {"append", "clear", "pop"} and not name.startswith("_")
        assert sandbox.is_safe_attribute([], name, None) is safe
    assert len(sandbox._judged) <= 3


def test_what_is_unsafe_stays_so_after_it_was_asked_for_once() -> None:
    sandbox = Sandbox()
    assert sandbox.from_string("{{ own.method() }}").render(own=Own()) == "said"
    for template in ("{{ own.__class__.mro() }}", "{{ names.append(1) }}", "{{ own.method.__func__.__globals__ }}"):
        for _ in range(2):
            with pytest.raises(SecurityError):
                sandbox.from_string(template).render(own=Own(), names=[])
