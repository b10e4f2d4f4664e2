"""Rules about text: what each finds in a paragraph, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from huikan.check.registry import RULES
from tests.check.editing import found, summary

CHINESE = [
    ("HK201", "海岸,城市;港口:潮汐!谁?完.", [",", ";", ":", "!", "?", "."]),
    ("HK201", "今天10:30开始，版本3.5，比例1:2，A.I.研究，Co., Ltd.发言。", []),
    ("HK201", "海岸(东部)与港口（西部），函数f(x)，海岸（GDP)。", ["(", ")"]),
    ("HK203", "在２０２４年谈ＡＩ，共12家。", ["２０２４", "ＡＩ"]),
    ("HK204", '他说"海岸"，又说“港口”。', ['"', '"']),
    ("HK204", "它叫'海岸'。", ["'", "'"]),
    ("HK205", "海岸，，港口。。潮汐，。", ["，，", "。。", "，。"]),
    ("HK205", "真的吗？！真的！！海岸……港口——潮汐。”", []),
    ("HK206", "他说“海岸。（港口", ["“", "（"]),
    ("HK206", "海岸》与”港口。", ["》", "”"]),
    ("HK206", "他说“读《海岸（上）》与‘港口’”。", []),
    ("HK207", "海岸 与港口，\u3000潮汐  升高。", [" ", "\u3000", "  "]),
    ("HK207", "以“海岸 港口”为题，AI and SEA 并行。", []),
    ("HK208", "共 193 个国家、65 万人和2009年的 AI 技术。", [" 193 ", "65 ", " AI "]),
    ("HK208", "共193个国家、65万人和2009年的AI技术，读《海岸 2024》，见 https://example.org/ 页。", []),
    ("HK209", "保護海岸与著作权，乾坤如故。", ["護"]),
    ("HK210", "进一步进一步保护保护区的的海岸。", ["进一步进一步", "保护保护", "的的"]),
    ("HK210", "一张张照片、一组组数据，达到目的的人一步一步走。", []),
    ("HK211", "海岸很长\n\n港口很多。\n\n- 第一\n- 第二\n\n> 潮汐", ["长", "汐"]),
    ("HK211", "海岸很长：\n\n港口“很多。”\n\n| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n\n# 标题", []),
    ("HK213", "海岸" * 61 + "。" + "港口" * 30 + "；" + "港口" * 40 + "。", ["海岸" * 20 + "…"]),
    ("HK214", "海岸--港口。", ["--"]),
    ("HK214", "海岸——港口。", []),
    ("HK215", "海岸...港口。。。潮汐…完……。", ["...", "。。。", "…"]),
    (
        "HK216",
        "二〇二四年十一月六日，第7届论坛有二十五个国家、第11次会议，用时3-5年。",
        ["二〇二四年", "十一月六日", "第7", "二十五", "3-5"],
    ),
    ("HK216", "第七届论坛，三十多个国家，两千年，电话021-5555，二十个。", []),
    ("HK217", "定于2024-11-06和2024.11.6，不是2024年11月6日，比例1.2.3。", ["2024-11-06", "2024.11.6"]),
    ("HK218", "今年与明年，近日和11月6日前，以前年度，昨天。", ["今年", "明年", "近日", "昨天"]),
    ("HK219", "海岸、以及港口、和平、及时、与会、和潮汐、及城市。", ["、", "、", "、"]),
    ("HK220", "读《海岸 2024》与《 港口》，以及《SEA 2024》。", [" ", " "]),
    ("HK221", "海岸。\n\n-----\n\n港口。", ["-----"]),
    ("HK221", "海岸。\n-----\n\n港口。", ["海岸。"]),
    ("HK221", "| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |", []),
    ("HK222", "落实党中央国务院的部署，党中央、国务院。", ["党中央国务院"]),
    (
        "HK225",
        "推进日中合作与中日关系，今日中午。截止2023年底，部份人材对有利的保护感兴趣，帐户与全部份额、报名截止、人材料、有利于。",
        ["日中", "截止", "部份", "人材", "有利", "帐"],
    ),
    ("HK226", "首先，海岸；其次，港口。最后，潮汐。一是海岸；二是港口。三是潮汐。", ["。", "。"]),
    ("HK226", "首先，海岸；其次，港口；最后，潮汐。一是海岸。二是港口。三是潮汐。首先，海岸。其次，港口。", []),
    ("HK227", "海岸**很长。**港口~~不~~远。[^1]", ["**", "**", "~~", "~~", "[^1]"]),
    ("HK227", "海岸**很长**。港口`**`不远。[^1]\n\n[^1]: 港口**很近**。", []),
    ("HK227", "海岸。\n\n***\n\n港口。", []),
    ("HK231", "海岸（数据待补充），XX市×××局长，XXX。TODO。", ["（数据待补充）", "XX", "×××", "XXX", "TODO"]),
    ("HK231", "待定", ["待定"]),
    ("HK231", "地点待定", ["地点待定"]),
    ("HK231", "嘉宾由XXX先生主持，会场TBC，时间TODO。", ["XXX", "TBC", "TODO"]),
    ("HK231", "TODO：XX大学于2024年X月X日举行（待补照片）。", ["TODO", "XX", "X月X日", "（待补照片）"]),
    ("HK231", "3月X日，○○○出席。", ["X日", "○○○"]),
    ("HK231", "二○○○年，投入五○○○元，TBC Bank、TBC银行与 TBD Media 出席，详见 Chapter XXX，第XXX届，TJ Maxx公司。", []),
    ("HK231", "（接待定点单位）（正确对待更新）（期待提供机会）（热情招待定居侨胞）（优待定价）（待定稿后付印）", []),
    ("HK231", "下一届的时间待定，我们期待定期会晤。", []),
    ("HK231", "主持：张XX、李××，202X年6月，会场TBA；202x 年再办。", ["张XX", "李××", "202X", "TBA", "202x"]),
    ("HK231", "嘉宾刘○○出席，陈XXX致辞。", ["刘○○", "陈XXX"]),
    (
        "HK231",
        "放大208×，近205x，1,205x，ISO 202X，硫代巴比妥酸（TBA）法，thiobarbituric acid (TBA)，用TBA，再测。",
        [],
    ),
    ("HK231", "在张××诉李××一案中，陈XX、吴XX（均为化名）说。", []),
    ("HK231", "B-202X 型，序号1202X，202×3，202X4，石刻XX种，李XXL号，张 XX，夏普202Xpro，TBA Inc. 与 TBA大厦。", []),
    ("HK231", "期待定期会晤，等待确认（待遇从优），XX染色体，3×4，XXX Games，有待补充。", []),
    ("HK228", "海岸。\n\n[^1]: 港口。\n\n[注]: 潮汐。", ["[^1]:", "[注]: 潮汐。"]),
    ("HK229", "＊＊海岸＊＊<b>很</b>长，见[港口]()。", ["＊＊海岸＊＊", "<b>", "[港口]()"]),
    ("HK230", "海\u200b岸\u202e，⽊头，\ufffd，锟斤拷。", ["\u200b", "\u202e", "⽊", "\ufffd", "锟斤拷"]),
    ("HK230", "海岸木头👨\u200d👩，café。", []),
    ("HK223", "读《海岸》、《港口》，讲“潮汐”、“城市”。", ["、", "、"]),
]

ENGLISH = [
    ("HK202", "The shore，the port。And （the） tide, 海岸，港口。", ["，", "。", "（", "）"]),
    ("HK204", 'The "shore" isn\'t far.', ['"', '"', "'"]),
    ("HK210", "The the shore and that that port.", []),
    ("HK210", "It is is the shore.", ["is is"]),
    ("HK211", "The shore is long\n\nThe port is near.", ["g"]),
    ("HK213", "shore " * 61 + ".", ["shore " * 6 + "shor…"]),
    ("HK214", "The shore -- and the port.", ["--"]),
    ("HK215", "The shore... the port… done.", ["..."]),
    ("HK217", "On 6 November 2024 and 7 November 2024, not November 8, 2024.", ["November 8, 2024"]),
    ("HK218", "This year, and in today’s world, next month.", ["This year", "next month"]),
]


@pytest.mark.parametrize(("rule", "text", "excerpts"), CHINESE)
def test_chinese(tmp_path: Path, rule: str, text: str, excerpts: list[str]) -> None:
    assert [finding.excerpt for finding in found(tmp_path, rule, summary(text))] == excerpts


@pytest.mark.parametrize(("rule", "text", "excerpts"), ENGLISH)
def test_english(tmp_path: Path, rule: str, text: str, excerpts: list[str]) -> None:
    change = ("summaries/shan-wei.en.md", "", text + "\n")
    findings = [each for each in found(tmp_path, rule, change) if each.file == change[0]]
    assert [finding.excerpt for finding in findings] == excerpts


def test_titles_have_no_stop(tmp_path: Path) -> None:
    findings = found(tmp_path, "HK224", ("programme.yaml", "zh: 海岸与城市", "zh: 海岸与城市。"))
    assert [(finding.excerpt, finding.line) for finding in findings] == [("。", 10)]


def test_every_rule_about_text_is_tried() -> None:
    tried = {rule for rule, _, _ in [*CHINESE, *ENGLISH]} | {"HK224"}
    assert tried == {id for id in RULES if id.startswith("HK2")}
