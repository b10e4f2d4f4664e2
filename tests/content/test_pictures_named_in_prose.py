"""Pictures that Markdown names: each is found, with its line, whatever its address looks like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.content.markdown import image_references, parser


@pytest.mark.parametrize(
    "source",
    [
        "http://example.org/a.png",
        "https://example.org/a.png",
        "file:///etc/passwd",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "javascript:alert(1)",
        "//example.org/a.png",
        "../above.png",
        "photos/a.jpg",
    ],
)
def test_a_picture_is_found_whatever_its_address(source: str) -> None:
    assert [image.source for image in image_references(f"words ![]({source}) words")] == [source]


def test_an_encoded_path_is_the_path_on_disk() -> None:
    found = image_references("![会场](photos/会场.jpg) ![](<photos/main hall.jpg>)")
    assert [image.source for image in found] == ["photos/会场.jpg", "photos/main hall.jpg"]


def test_every_picture_has_the_line_it_stands_on() -> None:
    lines = [
        "one ![](a.png)",
        "two  ",
        "three ![](b.png)",
        "",
        "- item",
        "- ![](c.png)",
        "",
        "> quote",
        "> ![](d.png)",
        "",
        "![][ref]",
        "",
        "[ref]: e.png",
        "",
        "Noted.[^1]",
        "",
        "[^1]: See ![](f.png)",
    ]
    found = {image.source: lines[image.line] for image in image_references("\n".join(lines))}
    written = {"a": 0, "b": 2, "c": 5, "d": 8, "e": 10, "f": 16}
    assert found == {f"{name}.png": lines[line] for name, line in written.items()}


def test_a_picture_in_a_table_has_a_line_of_the_table() -> None:
    found = image_references("before\n\n| a | b |\n|---|---|\n| x | ![](a.png) |\n")
    assert [image.source for image in found] == ["a.png"]
    assert 2 <= found[0].line <= 4


def test_a_picture_in_code_is_no_picture() -> None:
    assert image_references("`![](a.png)`\n\n    ![](b.png)\n\n<img src='c.png'>\n") == []


def test_rendering_keeps_dangerous_addresses_out() -> None:
    html = parser().render("![](file:///etc/passwd) [x](javascript:alert(1)) <script>alert(1)</script>")
    assert "src=" not in html
    assert "href=" not in html
    assert "<script>" not in html


@given(st.text(alphabet="![]()<>^|-: \n#*_`a图\\&;%", max_size=120))
@settings(max_examples=300, deadline=None)
def test_every_line_lies_inside_the_prose(prose: str) -> None:
    for image in image_references(prose):
        assert 0 <= image.line <= prose.count("\n")
