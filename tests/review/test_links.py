"""Links that an editor took out, or led elsewhere, are edits of the text; new ones are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.build import BuildRequest, build
from huikan.review.links import new_addresses
from tests.review.copies import SUMMARY, merged, planned, sent_copy, settled, shown, text
from tests.review.word_edits import NAMES, TRACKED, R, changed, code, fields, made, rebuilt, run

PROSE = """\
---
appearance: shan-wei
---

城市见[港口**公报**](https://port.example/a "公报")与<https://tide.example/b>。
"""


@pytest.fixture
def linked(content: Path) -> Path:
    (content / SUMMARY).write_text(PROSE, encoding="utf-8")
    return content


def links(root: etree._Element) -> list[etree._Element]:
    return [each for each in root.iter(f"{{{NAMES['w']}}}hyperlink") if each.get(f"{{{R}}}id")]


def unwrap(link: etree._Element) -> None:
    """What Word leaves of a link that was taken out."""
    parent = link.getparent()
    assert parent is not None
    for child in link:
        style = child.find("w:rPr/w:rStyle", NAMES)
        if style is not None and style.get(f"{{{NAMES['w']}}}val") == "Hyperlink":
            style.getparent().remove(style)  # type: ignore[union-attr]
        link.addprevious(child)
    parent.remove(link)


def test_a_link_that_was_taken_out_goes_and_its_words_stay(linked: Path) -> None:
    copy = changed(sent_copy(linked), lambda root: unwrap(links(root)[0]))
    (edit,) = shown(copy).fields
    assert edit.untracked
    settled(linked, copy)
    assert text(linked) == "城市见港口**公报**与<https://tide.example/b>。\n"


def test_an_address_that_was_taken_out_stays_as_words(linked: Path) -> None:
    settled(linked, changed(sent_copy(linked), lambda root: unwrap(links(root)[1])))
    assert text(linked).endswith("与https://tide.example/b。\n")


def as_field(link: etree._Element, before: list[etree._Element], after: list[etree._Element]) -> None:
    """The link as a field, which is how Word tracks changes of it."""
    for each in before:
        link.addprevious(each)
    for child in link:
        link.addprevious(child)
    for each in after:
        link.addprevious(each)
    link.getparent().remove(link)  # type: ignore[union-attr]


def gone(*runs: etree._Element) -> etree._Element:
    return made("del", *runs, **TRACKED)


def test_a_link_taken_out_with_tracking_on_bears_its_author(linked: Path) -> None:
    def take_out(root: etree._Element) -> None:
        opening = gone(fields("begin"), code(' HYPERLINK "https://port.example/a" ', deleted=True), fields("separate"))
        as_field(links(root)[0], [opening], [gone(fields("end"))])

    copy = changed(sent_copy(linked), take_out)
    (edit,) = shown(copy).fields
    assert not edit.untracked
    assert {(each.kind, each.author) for each in edit.changes} == {("link", "林编辑")}
    assert edit.changes[0].before == "[港口](https://port.example/a)"
    settled(linked, copy)
    assert text(linked).startswith("城市见港口**公报**与")


def test_a_link_led_elsewhere_with_tracking_on_gets_the_new_address(linked: Path) -> None:
    def lead(root: etree._Element) -> None:
        new = made("ins", code(' HYPERLINK "https://port.example/c" '), **TRACKED)
        old = gone(code(' HYPERLINK "https://port.example/a" ', deleted=True))
        as_field(links(root)[0], [fields("begin"), new, old, fields("separate")], [fields("end")])

    copy = changed(sent_copy(linked), lead)
    (edit,) = shown(copy).fields
    assert not edit.untracked
    plan = settled(linked, copy)
    assert text(linked).startswith('城市见[港口**公报**](https://port.example/c "公报")与')
    assert any("a link to a new address: “https://port.example/c”" in note.message for note in plan.notes)
    assert not any("not merged" in note.message for note in plan.notes)


def lead_elsewhere(root: etree._Element) -> None:
    for each in root:
        if each.get("Target", "").startswith("https://"):
            each.set("Target", each.get("Target", "") + "/2025#新")


def test_links_led_elsewhere_with_tracking_off_get_the_new_addresses(linked: Path) -> None:
    copy = rebuilt(sent_copy(linked), {"word/_rels/document.xml.rels": lead_elsewhere})
    settled(linked, copy)
    assert text(linked) == (
        '城市见[港口**公报**](https://port.example/a/2025#%E6%96%B0 "公报")'
        "与[https://tide.example/b](https://tide.example/b/2025#%E6%96%B0)。\n"
    )


def test_an_address_in_another_case_leads_elsewhere_but_its_host_does_not(linked: Path) -> None:
    def in_capitals(root: etree._Element) -> None:
        for each in root:
            if each.get("Target") == "https://port.example/a":
                each.set("Target", "HTTPS://Port.Example/A")

    settled(linked, rebuilt(sent_copy(linked), {"word/_rels/document.xml.rels": in_capitals}))
    assert '[港口**公报**](HTTPS://Port.Example/A "公报")与' in text(linked)
    assert list(new_addresses(["HTTPS://Port.Example/a/"], ["https://port.example/a"])) == []


def test_words_typed_into_a_link_belong_to_it_and_words_beside_it_do_not(linked: Path) -> None:
    def type_in(root: etree._Element) -> None:
        links(root)[0][0].addnext(run("与航道"))
        links(root)[1].addnext(run("等处"))

    settled(linked, changed(sent_copy(linked), type_in))
    assert text(linked) == (
        '城市见[港口与航道**公报**](https://port.example/a "公报")与<https://tide.example/b>等处。\n'
    )


def test_a_link_whose_words_were_deleted_leaves_nothing(linked: Path) -> None:
    def delete(root: etree._Element) -> None:
        for each in links(root):
            each.getparent().remove(each)  # type: ignore[union-attr]

    settled(linked, changed(sent_copy(linked), delete))
    assert text(linked) == "城市见与。\n"


def test_the_words_of_an_address_may_be_changed_alone(linked: Path) -> None:
    def shorten(root: etree._Element) -> None:
        next(links(root)[1].iter(f"{{{NAMES['w']}}}t")).text = "tide.example"

    settled(linked, changed(sent_copy(linked), shorten))
    assert text(linked).endswith("与[tide.example](https://tide.example/b)。\n")


def test_what_follows_a_sharp_is_kept_apart_by_word_and_is_the_same_address(content: Path) -> None:
    prose = PROSE.replace("/a ", "/a#harbours ")
    (content / SUMMARY).write_text(prose, encoding="utf-8")

    def cut(root: etree._Element) -> None:
        for each in root:
            each.set("Target", each.get("Target", "").partition("#")[0])

    def place(root: etree._Element) -> None:
        links(root)[0].set(f"{{{NAMES['w']}}}anchor", "harbours")

    copy = rebuilt(sent_copy(content), {"word/_rels/document.xml.rels": cut, "word/document.xml": place})
    assert shown(copy).is_empty


def test_a_link_on_words_that_had_none_is_told_though_its_address_is_known(linked: Path) -> None:
    def put(root: etree._Element) -> None:
        link = etree.Element(f"{{{NAMES['w']}}}hyperlink", {f"{{{R}}}id": links(root)[0].get(f"{{{R}}}id", "")})
        words = links(root)[0].getprevious()
        assert words is not None
        words.addprevious(link)
        link.append(words)

    edits = shown(changed(sent_copy(linked), put))
    assert [str(aside) for aside in edits.asides] == ["a link put on words: “城市见 → https://port.example/a”"]


def test_a_link_of_a_note_is_told_when_it_is_taken_out(content: Path) -> None:
    (content / SUMMARY).write_text(
        "---\nappearance: shan-wei\n---\n\n城市。[^1]\n\n[^1]: 见[公报](https://a.example)。\n"
    )

    copy = changed(sent_copy(content), lambda root: unwrap(links(root)[0]), "word/footnotes.xml")
    assert [str(aside) for aside in shown(copy).asides] == ["a link taken out of words: “公报”"]
    assert any("not merged: a link taken out" in note.message for note in planned(content, copy).notes)


def test_who_takes_a_link_out_has_approved_with_changes(linked: Path) -> None:
    output = linked.parent / "output"
    (built,) = build(BuildRequest(linked, output, languages=("zh-Hans",), only=("shan-wei",))).files
    copy = changed(output / built.name, lambda root: unwrap(links(root)[0]))
    merged(linked, copy, approve=True)
    assert "review: approved-with-changes" in (linked / "people.yaml").read_text(encoding="utf-8")
    assert "公报" in text(linked)
    assert "port.example" not in text(linked)
