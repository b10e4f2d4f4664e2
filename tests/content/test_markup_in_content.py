"""Markup and template code in the content is printed as the characters typed."""

from __future__ import annotations

from pathlib import Path

from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.render.html import parse_html, render_html
from huikan.resources import builtin
from tests.publication import Edit


def test_code_in_titles_is_text_in_the_html(folder: Path, edit: Edit) -> None:
    edit("booklet.yaml", "zh: 小型论坛", "zh: '{{ 1/0 }}<script>alert(1)</script>'")
    edit("summaries/shan-wei.md", "城市依海而兴。", "{% raw %}<script>alert(2)</script> {{ labels }}")
    labels = load_labels("zh-Hans", (builtin("templates"),))
    html = render_html(resolve(load_publication(folder).publication, labels), labels, [builtin("templates")])
    words = "".join(parse_html(html).itertext())
    assert "<script" not in html
    assert "{{ 1/0 }}<script>alert(1)</script>" in words
    assert "{% raw %}<script>alert(2)</script> {{ labels }}" in words
