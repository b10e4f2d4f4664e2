"""Text: words that hold a place until somebody writes what belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huikan.check.passages import HAN, Kind
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

_WAITING = "(?<![接期对看等招善优交虐款])待(?:定|补充?|确认|核实?|填写?|更新|提供|翻译|校对?)"
_WHAT = "地点|会场|时间|日期|题目|主题|标题|职务|头衔|人选|名单|嘉宾|主持人?|发言人|照片|资料|数据|内容|简介|译文|稿件?"
_BODY = "大学|学院|公司|集团|协会|学会|研究院|研究所|医院|先生|女士|教授|主任|主持|论坛"
_NUMBERED = "".join(
    f"(?<!{word} )" for word in ("Chapter", "Part", "Volume", "Vol.", "Section", "Article", "Book", "第")
)
"""Before XXX, which is thirty there."""
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶魏苏吕丁沈姚卢傅钟姜崔谭廖范汪陆]"
)
"""Of eight in ten Chinese, but for those that are words as well."""
_BEFORE_NAME = f"(?:(?<![{HAN}A-Za-z\\d])|(?<=嘉宾|持人|言人|教授|主任|秘书)|(?<=[长记由请和与]))"
_MASKED = "[^。\\n]{0,12}(?:化名|诉|一案|案[中，。])"
"""Behind a name that is not to be known."""
_BEFORE_TBA = r"(?:\A|(?<=时间|地点|会场|日期|题目|嘉宾|房间)|(?<=[点间场期目宾][（(])|(?<=[：:])|(?<=[：:] ))"
"""TBA is an acid as well, and a bank: it waits behind what is to be told."""

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])(?:TODO|FIXME|[Ll]orem ipsum)(?![A-Za-z])"
    rf"|(?<![A-Za-z])TB[CD](?![\w’'-]| ?[{HAN}]| [A-Z])"
    rf"|{_BEFORE_TBA}TBA(?![\w’'-]| ?[{HAN}]| [A-Za-z])"
    rf"|(?<![A-Za-z\d第]){_NUMBERED}X{{3,}}(?![A-Za-z\d]| [A-Z][a-z]|染色|综合)"
    rf"|(?<![A-Za-z])[Xx×＊Ｘ]{{2,}}(?=[年月日人万亿元个名市省局]|{_BODY})"
    rf"|{_BEFORE_NAME}{_SURNAME}(?:[Xx×＊Ｘ]{{2,}}|○○)(?![A-Za-z\d○年月日号]| [A-Z]|染色|综合|{_MASKED})"
    r"|(?<![A-Za-z\d.,\-])(?<![A-Za-z] )20[2-4](?:[XＸ](?![A-Za-z\d×*]| ?\d)|[x×＊](?= ?年))"
    r"|(?<![A-Za-z])[Xx×＊Ｘ]月[\dXx×＊Ｘ]{1,2}日|(?<=月)[Xx×＊Ｘ]日"
    r"|[×Ｘ□]{3,}|(?<![一二三四五六七八九○\d])○{3,}"
    rf"|[（(【［\[][^（(【［\[\n）)】］\]]{{0,12}}{_WAITING}(?:的?(?:{_WHAT}))?[。中]?[）)】］\]]"
    rf"|\A(?:(?:{_WHAT})[：:]?)?{_WAITING}。?\Z"
)


@rule("HK231", Severity.WARNING)
def nothing_waits_to_be_written(subject: Subject) -> Iterator[Remark]:
    """Nothing waits to be written.

    `（待补充）`, `地点待定`, `XX年`, `202X`, `XX大学`, `张XX`, `×××`, TODO, TBA and TBC hold a place, and print. What
    an editor has to ask stands in `note:`, which does not.
    """
    for passage in subject.passages:
        for found in _PLACEHOLDER.finditer(passage.text) if passage.kind is not Kind.NOTE else ():
            yield at(passage, *found.span(), f"“{found[0]}” holds a place", "write what belongs there")
