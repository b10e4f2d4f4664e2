"""The theme of a session: a paragraph of its own below the heading, which heads and contents still name."""

from __future__ import annotations

import pytest

from tests.docx.documents import find, part, tokens, values, written

LABEL = '<span class="label">专题发言一</span>'
THEME = '<span class="theme">深化交流 推进合作</span>'


def session(heading: str, running: str) -> str:
    toc = '<nav class="toc" id="toc"><h2 class="heading">目录</h2><ol><li><a href="#one">专题</a></li></ol></nav>'
    return f'{toc}<section class="session" id="one" data-running="{running}">{heading}<p>话</p></section>'


def headed(inside: str, running: str = "专题发言一　深化交流 推进合作") -> bytes:
    return written(session(f'<h2 class="heading">{inside}</h2>', running))[0]


def paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Style and words of the paragraphs behind the contents."""
    found = find(part(document, "word/document.xml"), "//w:p")
    said = [(values(p, "w:pPr/w:pStyle/@w:val")[0], "".join(values(p, ".//w:t/text()"))) for p in found]
    return [entry for entry in said if not entry[0].startswith(("TOC", "Section"))]


def last_head(document: bytes) -> tuple[list[str], str]:
    """The fields and the words of the last section's recto."""
    relationships = {item.get("Id"): item.get("Target") for item in part(document, "word/_rels/document.xml.rels")}
    section = find(part(document, "word/document.xml"), "//w:sectPr")[-1]
    head = part(document, f"word/{relationships[values(section, 'w:headerReference/@r:id')[0]]}")
    return [code.strip() for code in values(head, "//w:instrText/text()")], "".join(values(head, "//w:t/text()"))


def test_a_theme_stands_on_a_line_of_its_own_below_its_heading() -> None:
    document = headed(f"{LABEL} {THEME}")
    said = [("Heading1", "专题发言一"), ("SessionTheme", "深化交流 推进合作"), ("BodyText", "话")]
    assert paragraphs(document) == said
    heading, theme = find(part(document, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val!='TOCHeading']")[-3:-1]
    assert values(heading, "w:pPr/w:spacing/@w:after") == ["0"]
    assert not find(theme, "w:pPr/w:spacing")
    style = find(part(document, "word/styles.xml"), "//w:style[@w:styleId='SessionTheme']")[0]
    assert find(style, "w:pPr/w:keepNext")
    assert values(style, "w:pPr/w:spacing/@w:line") == [str(round(tokens().length("line") * 20))]


def test_what_the_second_language_says_stands_below_the_theme() -> None:
    second = '<br><span class="second" lang="en">Speeches: Exchange</span>'
    document = headed(f"{LABEL} {THEME}{second}")
    assert paragraphs(document)[:2] == [
        ("Heading1", "专题发言一"),
        ("SessionTheme", "深化交流 推进合作Speeches: Exchange"),
    ]
    assert len(find(part(document, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val='SessionTheme']//w:br")) == 1
    assert last_head(document)[0] == ["STYLEREF 1"]


def test_a_theme_without_a_label_is_the_heading() -> None:
    document = headed(THEME, "深化交流 推进合作")
    assert paragraphs(document)[0] == ("Heading1", "深化交流 推进合作")
    assert not find(part(document, "word/document.xml"), "//w:rStyle[@w:val='SessionTheme']")
    assert last_head(document) == (["STYLEREF 1"], "深化交流 推进合作")


@pytest.mark.parametrize(
    ("running", "fields"),
    [
        ("专题发言一　深化交流 推进合作", ["STYLEREF 1", 'STYLEREF "Session Theme"']),
        ("专题发言一", ["STYLEREF 1"]),
    ],
)
def test_a_running_head_repeats_the_heading_and_the_theme_if_it_names_both(running: str, fields: list[str]) -> None:
    assert last_head(headed(f"{LABEL} {THEME}", running)) == (fields, running)


def test_contents_made_anew_list_the_themes_below_their_headings_without_a_page() -> None:
    code = r'TOC \o "1-2" \h \z \u \t "Session Theme,3" \n 3-3'
    with_theme, without = (
        values(part(headed(inside), "word/document.xml"), "//w:instrText/text()")[0].strip()
        for inside in (f"{LABEL} {THEME}", LABEL)
    )
    assert (with_theme, without) == (code, r'TOC \o "1-2" \h \z \u')
    styles = part(headed(f"{LABEL} {THEME}"), "word/styles.xml")
    assert values(styles, "//w:style[@w:styleId='TOC3']/w:name/@w:val") == ["toc 3"]
