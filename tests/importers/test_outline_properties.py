"""Whatever the text: the importer does not fail, loses no line, and gives the same bytes again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.finding import ContentError
from huikan.importers.outline import import_outline
from huikan.importers.plain_markdown import as_markdown, plain_text
from huikan.importers.source_text import decode_source
from tests.importers.record_form import RECORD, loaded, lost_lines

_LINES = [line for line in RECORD.splitlines() if line]
_ODD = """【】
【闭幕环节】
主持人：张三 某某局局长
时间：2031年5月8日至9日
地点：澄江
主办单位：甲局、乙会
承办：丙社
日期：某日
姓名\t职务
刘\u3000洁\u3000某市市长
某会会长 安·贝
甲
专题发言二 开源 节流
闭幕：
联系人：老李
出席“甲”论坛并致辞
某局局长丁小一出席“甲”论坛并主持
# 一
- 二
    三
> 四
[五](六) ![七](八)
&amp; <b>
乐 山\t乙会会长
A\tB\tC
~~~~
| 甲 | 乙 |
没有句号
《书》好。""".splitlines()
_ODD.append("乙会会长乐山\n出席“河流治理 共护水源”分论坛并致辞")

_line = st.one_of(st.sampled_from(_LINES), st.sampled_from(_ODD), st.text(max_size=20))
_outline = st.lists(st.tuples(_line, st.sampled_from(["\n", "\n\n", "\r\n"])), max_size=25).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)
_WHOLE = "“河流治理 共护水源”分论坛\n时间：2031年5月8日\n【议程】\n致辞：\n"


@given(_outline)
@settings(max_examples=150, deadline=None)
def test_no_line_of_any_outline_is_lost(text: str) -> None:
    source = _WHOLE + text
    imported = import_outline(source, "any.txt")
    assert lost_lines(source, imported) == []


@given(st.one_of(st.text(), _outline))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_files_that_read_back_and_the_same_again(text: str) -> None:
    imported = import_outline(text, "any.txt")
    assert set(loaded(imported)) >= {"booklet.yaml", "people.yaml", "programme.yaml", "organisations.yaml"}
    assert dict(import_outline(text, "any.txt").files) == dict(imported.files)


@given(st.text().map(lambda text: " ".join(text.replace("\x00", "").split())))
@settings(max_examples=200, deadline=None)
def test_plain_text_survives_as_markdown(text: str) -> None:
    assert (plain_text(as_markdown(text)) or "") == text


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_decoded_or_refused_with_a_finding(data: bytes) -> None:
    try:
        text, encoding = decode_source(data, "any.txt")
    except ContentError:
        for encoding in ("utf-8", "gb18030"):
            with pytest.raises(UnicodeDecodeError):
                data.decode(encoding)
        return
    assert data.decode(encoding) == text
    assert "import-report.md" in import_outline(text, "any.txt").files


@given(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_the_usual_encodings_are_told_apart(encoding: str) -> None:
    assert decode_source(RECORD.encode(encoding))[0] == RECORD
