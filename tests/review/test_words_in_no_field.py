"""Words that a reviewer put where no field stands: all are told, none is merged, and nobody approves by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.build import BuildRequest, build
from tests.review.copies import (
    deleted,
    edited,
    inserted,
    planned,
    rewritten,
    sent_copy,
    shown,
    split_run,
)

SENTENCE = "城市依海而兴。"
VML = "urn:schemas-microsoft-com:vml"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOX = "<w:txbxContent><w:p><w:r><w:t>此段请删</w:t></w:r></w:p></w:txbxContent>"
OLD_BOX = f'<w:pict xmlns:v="{VML}"><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>'
NEW_BOX = (
    f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="wps"><w:drawing>'
    f'<wps:wsp xmlns:wps="{SHAPES}"><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
    f"<mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent>"
)
ART = f'<w:pict xmlns:v="{VML}"><v:shape><v:textpath string="此段请删"/></v:shape></w:pict>'
FORMS = {
    "a box of Word 2003": (f"<w:r>{OLD_BOX}</w:r>", "a text box: “此段请删”"),
    "a box of Word 2010": (f"<w:r>{NEW_BOX}</w:r>", "a text box: “此段请删”"),
    "words as art": (f"<w:r>{ART}</w:r>", "a text box: “此段请删”"),
    "an equation": (f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>h=2.5</m:t></m:r></m:oMath>', "an equation: “h=2.5”"),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_stands_beside_the_text_is_told_once(form: str, content: Path) -> None:
    xml, told = FORMS[form]
    copy = edited(sent_copy(content), (SENTENCE, split_run("城市", xml) + "依海而兴。"))
    edits = shown(copy)
    assert not edits.fields
    assert [str(aside) for aside in edits.asides] == [told]
    plan = planned(content, copy)
    assert not plan.files
    assert told in " ".join(note.message for note in plan.notes)


def test_a_reading_above_words_leaves_the_words(content: Path) -> None:
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hǎi</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>海</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    edits = shown(edited(sent_copy(content), (SENTENCE, split_run("城市依", ruby) + "而兴。")))
    assert not edits.fields
    assert [str(aside) for aside in edits.asides] == ["a reading above words: “hǎi”"]


def test_words_struck_through_by_hand_are_no_deletion_and_told(content: Path) -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>依海</w:t></w:r>"
    edits = shown(edited(sent_copy(content), (SENTENCE, split_run("城市", struck) + "而兴。")))
    assert [str(aside) for aside in edits.asides] == ["words struck through by hand: “依海”"]


def test_tracked_changes_of_heads_and_of_the_contents_are_told(content: Path) -> None:
    heads: list[str] = []

    def change(name: str, text: str) -> str:
        if name.startswith("word/header") and not heads:
            heads.append(name)
            return text.replace("</w:p>", f"{inserted('眉批')}</w:p>", 1)
        if name == "word/document.xml":
            line = text.index('w:pStyle w:val="TOC2"')
            at = text.index("</w:hyperlink>", line)
            return text[:at] + deleted("单伟") + text[at:]
        return text

    told = [str(aside) for aside in shown(rewritten(sent_copy(content), change)).asides]
    assert "words deleted from the contents: “单伟”  — 林编辑" in told
    assert "words inserted in a header: “眉批”  — 林编辑" in told


def test_nobody_approves_by_a_copy_that_says_more_than_is_merged(content: Path) -> None:
    output = content.parent / "output"
    (built,) = build(BuildRequest(content, output, languages=("zh-Hans",), only=("shan-wei",))).files
    copy = edited(output / built.name, (SENTENCE, split_run("城市", f"<w:r>{OLD_BOX}</w:r>") + "依海而兴。"))
    plan = planned(content, copy, approve=True)
    assert not plan.files
    assert any("is not marked" in note.message for note in plan.notes)


def test_a_paragraph_made_an_item_is_told_though_its_words_are_the_same(content: Path) -> None:
    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        at = text.rindex('w:val="BodyText"', 0, text.index(SENTENCE))
        return text[:at] + text[at:].replace('w:val="BodyText"', 'w:val="ListBullet"', 1)

    edits = shown(rewritten(sent_copy(content), change))
    assert not edits.fields
    assert [str(aside) for aside in edits.asides] == [f"running text made an item with a bullet: “{SENTENCE}”"]


@pytest.fixture
def linked(content: Path) -> Path:
    summary = content / "summaries/shan-wei.md"
    text = summary.read_text(encoding="utf-8").replace("城市", "[城市](https://port.example/a)", 1)
    summary.write_text(text, encoding="utf-8")
    return sent_copy(content)


def test_a_link_that_leads_elsewhere_is_told(linked: Path) -> None:
    def change(name: str, text: str) -> str:
        return text.replace("https://port.example/a", "https://port.example/b") if name.endswith(".rels") else text

    (aside,) = shown(rewritten(linked, change)).asides
    assert str(aside) == "a link to a new address: “https://port.example/b”"


def test_a_link_as_other_programs_write_it_is_the_same(linked: Path) -> None:
    def change(name: str, text: str) -> str:
        return text.replace("https://port.example/a", "https://port.example/%61/") if name.endswith(".rels") else text

    assert shown(rewritten(linked, change)).is_empty


def test_a_new_link_written_as_a_field_is_told(linked: Path) -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://tide.example" </w:instrText></w:r>'
    field = f"{marks[0]}{code}{marks[1]}<w:r><w:t>依海</w:t></w:r>{marks[2]}"
    edits = shown(edited(linked, ("依海而兴。", split_run("", field) + "而兴。")))
    assert [str(aside) for aside in edits.asides] == ["a link to a new address: “https://tide.example”"]
