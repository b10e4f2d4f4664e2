"""What a process keeps warm does not grow while stylesheets are edited."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from xml.etree import ElementTree

from huikan.render.chapters.book import BookSetter, set_book
from huikan.render.chapters.order import Look, Order
from huikan.render.workshop import Workshop


class Made:
    """Something that is large."""


def test_what_is_kept_of_another_state_is_let_go() -> None:
    workshop, made = Workshop(), list[weakref.ref[Made]]()

    def make() -> Made:
        thing = Made()
        made.append(weakref.ref(thing))
        return thing

    for state in ("a", "a", "b"):
        workshop.kept("look", make, state)
    assert len(made) == 2
    gc.collect()
    assert [thing() is None for thing in made] == [True, False]
    assert workshop.kept("other", make) is made[2]()


def test_a_book_whose_stylesheet_is_edited_again_and_again_is_kept_once(tmp_path: Path) -> None:
    workshop, sheet = Workshop(), tmp_path / "print.css"
    books, setters = [], set[int]()
    for colour in ("red", "green", "navy", "red"):
        sheet.write_text(f"@page {{ size: 200pt 300pt }} p {{ color: {colour} }}", encoding="utf-8")
        root = ElementTree.fromstring('<html lang="zh-Hans"><body><section><p>会刊</p></section></body></html>')
        books.append(set_book(Order(root, Look(tmp_path, (sheet,), None, 300), "zh-Hans"), workshop).pdf)
        setters.add(sum(isinstance(kept, BookSetter) for _, kept in workshop._kept.values()))
    assert setters == {1}
    assert len(set(books)) == 3
    assert books[0] == books[3]
