from __future__ import annotations

import hashlib
import re

import pytest
from lxml import etree

from huikan.finding import ContentError
from huikan.render.docx.bookmarks import anchor_bookmark, field_bookmark
from huikan.render.docx.sent import FIELDS_NAMESPACE
from tests.docx.documents import NAMESPACES, W, body_of, find, page, part, values, written

CONTENTS = """<nav class="toc" id="toc"><h2 class="heading">目录</h2><ol>
<li><a href="#first">第一节</a><ol><li><a href="#wang">王五</a></li></ol></li>
<li><a href="#second">第二节</a></li></ol></nav>
<section class="session" id="first" data-running="第一节"><h2 class="heading">第一节</h2>
<article class="summary" id="wang"><h3 class="speaker" data-field="people.yaml#wang.name.zh">王五</h3><p>话</p>
</article></section>
<section class="session" id="second" data-running="第二节"><h2 class="heading">第二节</h2><p>话</p></section>"""

FIELD = f"{{{FIELDS_NAMESPACE}}}field"


def test_contents_are_one_field_with_links_and_page_numbers() -> None:
    document, pages = written(CONTENTS)
    body = part(document, "word/document.xml")
    codes = [code.strip() for code in values(body, "//w:instrText/text()")]
    assert codes[0] == r'TOC \o "1-2" \h \z \u'
    assert codes[1:] == [rf"PAGEREF {anchor_bookmark(name)} \h" for name in ("first", "wang", "second")]
    assert pages.anchors == {"toc": 1, "first": 2, "wang": 2, "second": 3}
    entries = find(body, "//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC') and w:hyperlink]")
    assert ["".join(values(entry, ".//w:t/text()")) for entry in entries] == ["第一节2", "王五2", "第二节3"]
    assert [values(entry, "w:pPr/w:pStyle/@w:val")[0] for entry in entries] == ["TOC1", "TOC2", "TOC1"]


def test_fields_begin_separate_and_end_in_order() -> None:
    body = body_of(CONTENTS + page('<p>见<a class="page-ref" href="#wang"></a>页</p>', "index", "索引"))
    depth = 0
    for character in find(body, "//w:fldChar"):
        kind = character.get(f"{W}fldCharType")
        depth += {"begin": 1, "separate": 0, "end": -1}[str(kind)]
        assert 0 <= depth <= 2
    assert depth == 0


def test_every_reference_leads_to_a_bookmark() -> None:
    body = body_of(CONTENTS)
    bookmarks = set(values(body, "//w:bookmarkStart/@w:name"))
    referred = set(re.findall(r"PAGEREF (\S+)", "".join(values(body, "//w:instrText/text()"))))
    assert referred == set(values(body, "//w:hyperlink/@w:anchor"))
    assert referred <= bookmarks


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ContentError, match="#nobody"):
        written(page('<p>见<a class="page-ref" href="#nobody"></a></p>'))


def test_bookmarks_pair_and_their_names_and_ids_are_unique() -> None:
    body = body_of(CONTENTS)
    names, numbers = values(body, "//w:bookmarkStart/@w:name"), values(body, "//w:bookmarkStart/@w:id")
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(values(body, "//w:bookmarkEnd/@w:id"))
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)


def test_a_name_within_a_paragraph_is_bookmarked_once() -> None:
    hosts = '<p class="agenda-hosts" id="hosts"><span class="host-name" id="row-liu">刘洁</span></p>'
    names = values(body_of(page(hosts)), "//w:bookmarkStart/@w:name")
    assert names.count(anchor_bookmark("row-liu")) == 1


def test_a_field_is_bookmarked_wherever_its_words_stand_and_mapped_with_their_digest() -> None:
    field = "people.yaml#wang-zhicheng.title.zh"
    document, _ = written(
        page(
            f'<p class="speaker-title" data-field="{field}">局长、一级巡视员</p>'
            f'<table class="people"><tr><td><span class="person-title" data-field="{field}">局长、'
            '<strong>一级</strong>巡视员</span> <span class="tag">视频</span></td></tr></table>'
        )
    )
    body = part(document, "word/document.xml")
    entries = {entry.get("bookmark"): entry for entry in part(document, "customXml/item1.xml").iter(FIELD)}
    assert [entry.get("id") for entry in entries.values()] == [field, field]
    digest = hashlib.sha256("局长、一级巡视员".encode()).hexdigest()[:16]
    for number in (1, 2):
        name = field_bookmark(field, number)
        assert entries[name].get("sha256") == digest
        assert _bookmarked(body, name) == "局长、一级巡视员"


def _bookmarked(body: etree._Element, name: str) -> str:
    """The words between the ends of a bookmark, which stand in one paragraph."""
    start = find(body, f"//w:bookmarkStart[@w:name='{name}']")[0]
    paragraph = start.getparent()
    assert paragraph is not None
    words, inside = "", False
    for element in paragraph.iter():
        if element is start:
            inside = True
        elif element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id"):
            return words
        elif inside and element.tag == f"{W}t":
            words += element.text or ""
    raise AssertionError(f"{name} does not end in its paragraph")


def test_derived_words_are_mapped_to_their_sources() -> None:
    document, _ = written(page('<p data-derived="people.yaml#a.name people.yaml#a.title">甲，局长</p>'))
    entry = next(part(document, "customXml/item1.xml").iter(FIELD))
    assert entry.get("derived") == "people.yaml#a.name people.yaml#a.title"
    assert entry.get("id") is None


def test_captions_count_in_a_sequence_with_the_label_outside_the_field() -> None:
    captions = "".join(
        f'<figure class="figure"><figcaption><span class="number">{label} {number}</span> '
        '<span class="line">说明</span></figcaption></figure>'
        for label, number in (("图", 1), ("图", 2), ("表", 1), ("图", 5), ("Fig.", 1))
    )
    body = body_of(page(captions))
    codes = [code.strip() for code in values(body, "//w:instrText/text()")]
    assert codes == [
        r"SEQ 图 \* ARABIC",
        r"SEQ 图 \* ARABIC",
        r"SEQ 表 \* ARABIC",
        r"SEQ 图 \* ARABIC \r 5",
        r"SEQ Fig \* ARABIC",
    ]
    texts = ["".join(values(p, ".//w:t/text()")) for p in find(body, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")]
    assert texts == ["图 1 说明", "图 2 说明", "表 1 说明", "图 5 说明", "Fig. 1 说明"]


def test_notes_are_footnotes_of_word_and_their_fields_are_bookmarked_there() -> None:
    document, _ = written(page('<p data-field="s#1">话<span class="footnote" data-field="s#fn1">注文</span>完</p>'))
    body, notes = part(document, "word/document.xml"), part(document, "word/footnotes.xml")
    assert values(body, "//w:footnoteReference/@w:id") == ["1"]
    assert "".join(values(notes, "//w:footnote[@w:id='1']//w:t/text()")).strip() == "注文"
    assert values(notes, "//w:bookmarkStart/@w:name") == [field_bookmark("s#fn1", 1)]
    assert values(notes, "//w:footnote/@w:type") == ["separator", "continuationSeparator"]


def test_links_lead_outside_by_relationship_and_only_to_the_web_or_mail() -> None:
    links = '<p><a href="https://www.wipo.int/?a=1&amp;b=2">组织</a><a href="javascript:x()">坏</a></p>'
    document, _ = written(page(links + '<p><a href="file:///etc/passwd">文件</a><a href="mailto:a@b.cn">信</a></p>'))
    relationships = part(document, "word/_rels/document.xml.rels")
    external = [item.get("Target") for item in relationships if item.get("TargetMode") == "External"]
    assert external == ["https://www.wipo.int/?a=1&b=2", "mailto:a@b.cn"]
    body = part(document, "word/document.xml")
    assert len(body.findall(".//w:hyperlink", NAMESPACES)) == 2
    assert "".join(values(body, "//w:t/text()")) == "组织坏文件信"
