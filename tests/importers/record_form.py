"""An invented record in the form that the importer reads, and the proof that no line of a source is lost."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

from huikan.content.labels import load_labels
from huikan.content.model import Publication
from huikan.content.resolve import resolve
from huikan.importers.draft import Imported
from huikan.resources import builtin

RECORD = """
“河流治理 共护水源”分论坛

【基本信息】

主持人：

致辞和主旨发言、专题发言环节：

万俟清 澄江大学水利学院院长

讨论环节：

单小河 南岭水文研究所研究员

致辞和主旨发言：

托马斯·林登 国际河流协会秘书长

乐 山\t澄江市副市长

专题发言一：上游保护 从源头做起

Maria del Rio Vega 安第斯水务署署长
欧阳远帆\t云岭省水利厅厅长

-----\t---------------

报告发布：

查 宁 北方水资源中心主任

讨论环节：企业在行动 共建清流

解晓东 | 蓝湾环保股份有限公司董事、总经理
曾一凡\t清源科技副总裁

【简要介绍】

2031年5月8日，第三届澄江水论坛“河流治理 共护水源”分论坛在澄江会议中心（新区）举办。本次论坛由国际河流协会、澄江市水务局联合主办，南岭水文研究所、清源科技共同承办，谈水，也谈人。

【致辞和主旨发言环节】

国际河流协会秘书长托马斯·林登
出席“河流治理 共护水源”分论坛并致辞

国际河流协会秘书长托马斯·林登说，一条河养育 12 座城。

他又说，河的事要在源头上办。

澄江市人民政府副市长乐山
以视频方式出席“河流治理 共护水源”分论坛并作主旨演讲

乐山谈了三件事：*水量*、水质、水价。

澄江大学水利学院院长万俟清
出席“河流治理 共护水源”分论坛并主持致辞和主旨发言、专题发言环节

专题发言一：上游保护 从源头做起

安第斯水务署署长 Maria del Rio Vega
出席“河流治理 共护水源”分论坛并作专题发言

安第斯水务署署长 Maria del Rio Vega 说，雪线每年都在退。

云岭省水利厅厅长欧阳远帆
出席“河流治理 共护水源”分论坛并朗诵了一首诗

欧阳远帆说，草甸就是水库。

【报告发布环节】

北方水资源中心主任查宁
出席“河流治理 共护水源”分论坛参与报告发布

《城市节水指数报告 2031》以三百座城市为样本，看谁用水最省。

【讨论环节】

南岭水文研究所研究员单小河
出席“河流治理 共护水源”分论坛并主持讨论环节

蓝湾环保股份有限公司董事、总经理解晓东
出席“河流治理 共护水源”分论坛并参与讨论

1. 解晓东说，管网要先修。

清源科技顾问费小满
出席“河流治理 共护水源”分论坛并参与讨论

费小满说，数据要先通。

【会务安排】

午餐在二层。
"""  # noqa: E501 (a paragraph of the record is one line)

REAL_RECORD = Path(__file__).resolve().parents[2].parent / "shared" / "forum" / "forum.txt"
_MARKDOWN_FIELD = re.compile(r"(\.md#$|#introduction|\.description|#abstract)")


def compact(text: str) -> str:
    return "".join(text.split())


def loaded(imported: Imported) -> dict[str, Any]:
    """Every YAML file as plain values; the summaries as what their Markdown says."""
    values: dict[str, Any] = {}
    for name, data in imported.files.items():
        assert isinstance(data, str)
        if name.endswith(".yaml"):
            values[name] = yaml.safe_load(data)
        elif name.startswith("summaries/"):
            values[name] = said_by(data.split("---\n", 2)[2])
    return values


def said_by(markdown: str) -> str:
    tokens = MarkdownIt("commonmark").parse(markdown)
    return "".join(child.content for token in tokens for child in token.children or [])


def value_at(values: dict[str, Any], field: str) -> str:
    file, path = field.split("#", 1)
    value = values[file]
    for step in path.split(".") if path else ():
        if isinstance(value, list):
            value = next(v for v in value if step in (v, isinstance(v, dict) and (v.get("id") or v.get("person"))))
        else:
            value = value[step]
    words = "".join(value) if isinstance(value, list) else str(value)
    return said_by(words) if _MARKDOWN_FIELD.search(field) and file.endswith(".yaml") else words


def publication_of(imported: Imported) -> Publication:
    """The imported content, validated by the models alone."""
    values = loaded(imported)
    summaries = {
        Path(name).stem: {"id": Path(name).stem, "appearance": Path(name).stem, "prose": {"zh": text}, "first_line": {}}
        for name, text in values.items()
        if name.startswith("summaries/")
    }
    return Publication.model_validate(
        {
            "booklet": values["booklet.yaml"],
            "organisations": values["organisations.yaml"],
            "people": values["people.yaml"],
            "programme": values["programme.yaml"],
            "report": values.get("report.yaml"),
            "summaries": summaries,
        }
    )


def derived_captions(imported: Imported) -> dict[str, str]:
    """Caption field → the lines that the booklet prints, run together."""
    publication = publication_of(imported)
    booklet = resolve(publication, load_labels(publication.booklet.languages[0], (builtin("templates"),)))
    return {
        f"programme.yaml#sessions.{session.id}.{group}.{entry.key}.caption": "".join(p.text for p in entry.caption)
        for session in booklet.sessions
        for group, entries in (("hosts", session.hosts), ("items", session.items))
        for entry in entries
    }


def lost_lines(source: str, imported: Imported) -> list[tuple[int, str]]:
    """Lines of the source that stand neither in the content nor, with their number, in the report."""
    values, account = loaded(imported), imported.account
    report = str(imported.files["import-report.md"])
    captions = derived_captions(imported) if any(p.field.endswith(".caption") for p in account.placed) else {}
    told = {note.line: note.text for note in (*account.structural, *account.unplaced)}
    lost = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", source), start=1):
        left = letters_of(raw)
        if not compact(raw) or (not left and number not in told and number not in imported.placed):
            continue
        if number in told and f"{number:>5}  {told[number]}\n" in report:
            left = left.replace(letters_of(told[number]), "", 1)
        here = (placement for placement in account.placed if placement.line == number)
        for placement in sorted(here, key=lambda placement: -len(letters_of(placement.text))):
            if placement.field == "booklet.yaml#date":
                assert values["booklet.yaml"]["date"] == dt.date.fromisoformat(placement.text)
                continue
            held = captions[placement.field] if placement.derived else value_at(values, placement.field)
            if compact(placement.text) in compact(held) and f"{number:>5}  " in report:
                left = left.replace(letters_of(placement.text), "", 1)
        conflicts = "".join(letters_of(note.text) for note in account.conflicts if note.line == number)
        if left and left not in conflicts:
            lost.append((number, left))
    return lost


def letters_of(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
