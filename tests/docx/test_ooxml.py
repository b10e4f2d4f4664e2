from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from huikan.render.docx.ooxml import Xml, element, part_content, properties, text, w, xml_safe


def parsed(made: Xml) -> etree._Element:
    return etree.fromstring(part_content("document", [made]))[0]


@given(st.text())
def test_words_and_values_come_back_as_they_were_but_for_what_xml_cannot_carry(words: str) -> None:
    assert (parsed(text(words)).text or "") == xml_safe(words)
    assert parsed(w("style", val=words)).attrib.values() == [xml_safe(words)]
    assert parsed(element("wp:docPr", descr=words)).get("descr") == xml_safe(words)


@given(st.text(min_size=1, alphabet="a&<>\"'\t\n\r 会"))
def test_elements_are_written_as_the_library_writes_them(words: str) -> None:
    made = part_content("document", [w("r", text(words), val=words)])
    assert etree.tostring(etree.fromstring(made), encoding="UTF-8", standalone=True) == made


def test_what_is_none_is_left_out() -> None:
    assert w("r", None, w("b"), val=None, id=0) == '<w:r w:id="0"><w:b/></w:r>'
    assert properties("rPr", None, None) is None
    assert properties("rPr", None, w("b")) == "<w:rPr><w:b/></w:rPr>"


def test_a_part_declares_the_prefixes_that_it_uses() -> None:
    assert etree.fromstring(part_content("ftr", [])).nsmap.keys() == {"w", "r"}
    assert etree.fromstring(part_content("hdr", [element("a:blip")])).nsmap.keys() == {"w", "r", "a"}
