"""Text: words in the form that dictionaries give, and members of a series set apart alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

# GF 1001-2001 and the dictionaries; what must not follow keeps 全部份额 from being taken for 部份.
_FORMS = {
    "部份(?!额)": "部分",
    "过份(?!额)": "过分",
    "身分(?![配成为布])": "身份",
    "人材(?!料)": "人才",
    "图象(?!征)": "图像",
    "关连(?![续接])": "关联",
    "宏扬": "弘扬",
    "参预": "参与",
    "计画": "计划",
    "定单(?!位)": "订单",
    "报导(?![弹师向])": "报道",
    "布署": "部署",
    "按装(?![机备])": "安装",
    "座落": "坐落",
    "渡假": "度假",
    "复盖": "覆盖",
    "重迭": "重叠",
    "既使": "即使",
    "震憾": "震撼",
    "帐(?=[户号目单])": "账",
    "一如继往": "一如既往",
    "再接再励": "再接再厉",
    "全力以付": "全力以赴",
    "按步就班": "按部就班",
    "名符其实": "名副其实",
    "机制体制": "体制机制",
    **{f"{other}中(?=两国|双方|关系|合作|经贸|知识产权)": f"中{other}" for other in "日韩美法德英俄欧"},
    "截止(?=目前|[12]\\d{3}年|\\d{1,2}月|[今去]年)": "截至",
    "有利(?=的?(?:保护|保障|支撑|打击|推动|武器))": "有力",
}
_ANY_FORM = re.compile("|".join(f"({pattern})" for pattern in _FORMS))
_STANDARD = tuple(_FORMS.values())
_SERIES = (
    re.compile("(首先)|([。；，])(?=其次|再次|最后)"),
    re.compile("(一是)|([。；，])(?=[二三四五六七八九]是)"),
    re.compile("(第一[，是])|([。；，])(?=第[二三四五六七八九][，是])"),
)


@rule("HK225", Severity.NOTE)
def words_have_their_standard_form(subject: Subject) -> Iterator[Remark]:
    """Words have their standard form.

    人材 for 人才, 宏扬 for 弘扬, 截止2023年底 for 截至, 有利的保护 for 有力的保护: slips of the input method and forms
    that GF 1001-2001 advises against; and 日中合作, which Chinese texts call 中日合作. Only forms that are hardly ever
    right are looked for.
    """
    for passage in subject.printed("zh"):
        for found in _ANY_FORM.finditer(passage.text):
            standard = _STANDARD[(found.lastindex or 1) - 1]
            yield at(passage, *found.span(), f"“{found.group()}” for {standard}", f"write {standard}")


@rule("HK226", Severity.NOTE)
def members_of_a_series_are_set_apart_alike(subject: Subject) -> Iterator[Remark]:
    """Members of a series are set apart alike.

    首先…；其次…。最后…: with a ； before one member and a 。 before the next, a reader cannot tell whether the series
    goes on. The same for 一是, 二是 and 第一, 第二. (GB/T 15834.)
    """
    for passage in subject.prose("zh"):
        for pattern in _SERIES:
            marks: list[re.Match[str]] = []
            for found in (*pattern.finditer(passage.text), None):
                if found is not None and found[2]:
                    marks.append(found)
                    continue
                counts = Counter(mark[2] for mark in marks)
                if len(counts) > 1 and marks:
                    usual = counts.most_common(1)[0][0]
                    odd = next(mark for mark in reversed(marks) if mark[2] != usual)
                    message = f"“{odd[2]}” before one member of a series, “{usual}” before another"
                    yield at(passage, *odd.span(), message, f"write {usual} in both places, or 。")
                marks = []
