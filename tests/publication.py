"""A small valid publication for tests: people, two sessions, a photograph, a summary in two languages, a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from huikan.finding import Finding

Edit = Callable[[str, str, str], None]
"""Replaces in a file (its name) the one occurrence of a text by another."""

Problems = Callable[[], tuple[Finding, ...]]
"""Loads a publication that must be refused."""

PHOTO_PIXELS = (900, 600)
"""Enough for 76 mm at 300 ppi."""

SMALL_PUBLICATION = {
    "booklet.yaml": """\
id: small-forum
title: {zh: 小型论坛, en: Small Forum}
date: 2024-11-06
venue: {zh: 上海, en: Shanghai}
languages: [zh-Hans, en]
organisers:
  - role: host
    members: [institute]
  - role: organiser
    members: [institute, press]
introduction:
  zh: |
    论坛在**上海**举行。
  en: |
    The forum was held in **Shanghai**.
""",
    "organisations.yaml": """\
institute:
  name: {zh: 海岸研究所, en: Coastal Institute}
  short: {zh: 海岸所, en: CI}
  aliases: [海岸研究院]
press:
  name: {zh: 灯塔出版社, en: Lighthouse Press}
""",
    "people.yaml": """\
shan-wei:
  name: {zh: 单伟, en: Shan Wei}
  sort: {zh: shan wei}
  title: {zh: [海岸研究所, 所长], en: Director}
  affiliation: institute
  photo: photos/shan-wei.jpg
lin-yue:
  name: {zh: 林悦, en: Lin Yue}
  title: {zh: 编辑, en: Editor}
  affiliation: [press]
ada-osei:
  name: Ada Osei
  title: {zh: 研究员, en: Research Fellow}
  bio: {zh: 研究*潮汐*。, en: Studies *tides*.}
""",
    "programme.yaml": """\
sessions:
  - id: opening
    kind: opening
    title: {zh: 致辞, en: Opening}
    start: 09:30
    end: 10:00
    hosts: [lin-yue]
    items:
      - person: shan-wei
        topic: {zh: 海岸与城市, en: Coast and City}
  - id: talks
    kind: panel
    label: {zh: 专题发言, en: Talks}
    hosts:
      - {person: lin-yue, scope: {zh: 专题发言环节, en: the talks}}
    items:
      - ada-osei
      - {person: shan-wei, id: shan-wei-talk, mode: video, no_summary: {zh: 无稿, en: No script}}
""",
    "report.yaml": """\
title: {zh: 潮汐报告, en: Report on Tides}
publisher: {zh: 灯塔出版社, en: Lighthouse Press}
presented_by: lin-yue
abstract: {zh: 报告比较*十二座*港口。, en: The report compares *twelve* ports.}
findings:
  - {zh: 大潮渐高。, en: Spring tides rise.}
figures:
  - caption: {zh: 潮位, en: Levels}
    rows:
      - [{zh: 港口, en: Port}, {zh: 厘米, en: Centimetres}]
      - [甲, "1"]
      - [乙, "12"]
""",
    "summaries/shan-wei.md": """\
---
appearance: shan-wei
---

城市依海而兴。

- 第一，护岸。
- 第二，护湾。
""",
    "summaries/shan-wei.en.md": """\
A city lives by its coast.

- First, the shore.
- Second, the bay.
""",
}
"""The text of each file by its name."""


def write_small_publication(folder: Path) -> None:
    """Write the publication's files into `folder`, which is made if it does not exist."""
    for name, text in SMALL_PUBLICATION.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    photo = folder / "photos" / "shan-wei.jpg"
    photo.parent.mkdir(exist_ok=True)
    Image.linear_gradient("L").resize(PHOTO_PIXELS).convert("RGB").save(photo, quality=80, dpi=(300, 300))
