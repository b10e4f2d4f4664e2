"""Whatever stands in a record of a free form: no line is lost, no digit and no sentence becomes a person's name."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.importers.outline import import_outline
from tests.importers.record_form import loaded, lost_lines, publication_of

_LINES = """\
第三届湖泊论坛
# 湖泊论坛
会议记录
时间：2031年5月8日至9日
2031年5月8日 湖滨酒店
Tuesday, 8 May 2031, 9:00-17:00
Lakeside Hotel
第一天（5月8日）
第二天
下午
Day Two: 9 May
9:00-9:30 开幕式
2:00-3:30 圆桌对话：谁来付费
10:00–11:30 Panel One: Clean Water
09:00
开幕式（9:00-9:40）
时间：9:00-9:30
## 闭幕式
**主持人**：周平，湖泊周刊主编
主持人：周平
Moderator: Ann Lee, Editor, Lakes Weekly
Host: Ann Lee, Editor, Lakes Weekly
致辞嘉宾：
发言嘉宾：林娜、郑海、沈丽
Speakers:
致辞：陈光
主旨演讲：郑海，湖城集团总裁
1. 林娜，水利大学教授
3、郑海，湖城集团总裁
（1）沈丽
① 吴江 南方环保公司总经理
- **韩梅**，湖州市水利局局长
9:30-9:50 林娜 水利大学教授
湖州市副市长
陈光
湖城集团总裁郑海指出，企业愿意出力。
林娜：治湖要先治河，河清则湖清。
林娜提出三点：
1. 先修管网。
湖水清了，鱼就回来了，说话的人这样讲
Paul Brien — Fellow, Centre for Rivers
2) Maria Rossi, Professor, University of Genoa
Director
The panel agreed that rules must be clear, and that patience is needed.
Water comes down the hill and
职务：局长
题目：先治河
发言摘要：河清则湖清。
时间\t内容\t嘉宾
9:00-9:20\t致辞\t陈光 湖州市副市长；林娜 水利大学教授
|10:00-10:20|茶歇||
| 时间 | 环节 | 主持人 | 发言嘉宾 | 职务 |
| 9:00-9:20 | 致辞 | 周平 | 陈光 | 湖州市副市长 |
会议内容
【开幕式】
【主持人】
【9:00-9:30】签到
一、致辞
会议议程
论坛简介
出席嘉宾：
出  席：陈光、林娜、孔云
Participants: about 60
Discussants: Zheng Hai, Wu Jiang and Shen Li
一、陈光副市长致辞
2．沈丽秘书长：公众也要出力，希望多听百姓意见。
Tides Weekly
★ 主旨演讲 ★
◆下午 14:00-17:00
主 持 人：周 平  湖泊周刊主编
致    辞（陈光）
2. 讨论（主持人：周平）
（一）郑海（湖城集团总裁）：《谁来修》
(2) 沈丽 秘书长  《谁来管》
1、吴江：南方环保公司总经理
安娜·贝尔（Anna Bell）  国际湖泊组织主任
主持人 Moderator：林娜 Lin Na，水利大学教授
1.1 Chen Guang, Deputy Mayor
II. Opening (9 am – 10 am)
Session II – Who Pays?
Welcome by Chen Guang, Deputy Mayor of Huzhou
* Anna Bell, World Lakes Organisation: The Future of Lakes
Mr Zheng Hai (Hucheng Group) said firms are willing to pay.
11.30       Close
3. 10:00 茶歇（20分钟）
2031年5月8日，第三届湖泊论坛在湖滨酒店举办。
12
""".splitlines()
_record = st.lists(
    st.tuples(st.sampled_from([line.replace("\\t", "\t") for line in _LINES]), st.sampled_from(["\n", "\n\n"])),
    max_size=25,
).map(lambda pairs: "湖泊论坛\n时间：2031年5月8日\n" + "".join(line + end for line, end in pairs) + "\n致辞：\n")


@given(_record)
@settings(max_examples=150, deadline=None)
def test_no_line_is_lost_and_no_digit_or_sentence_becomes_a_name(source: str) -> None:
    imported = import_outline(source, "any.txt")
    assert lost_lines(source, imported) == []
    publication_of(imported)
    for person in loaded(imported)["people.yaml"].values():
        name = person["name"] if isinstance(person["name"], str) else person["name"]["zh"]
        assert not re.search(r"[\d，。：；！？!?;:]", name)
