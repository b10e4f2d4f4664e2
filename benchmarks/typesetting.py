"""The same five paragraphs set by Huikan, Typst, Chromium and plain WeasyPrint; broken rules, and what it costs.

    python -m benchmarks.typesetting [--pictures FOLDER] [--cost]

Typst is PyPI's `typst`; Chromium is Debian's `chromium`. An engine that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import io
import logging
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from weasyprint import HTML

from benchmarks.generate import generate
from benchmarks.typesetting_rules import RULES, Report, check, read_lines
from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.render.html import render_html
from huikan.render.layout import chinese_layout
from huikan.render.stylesheets import design_of
from huikan.render.typography import normalise_spacing, typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EM = 10.0
MARGIN = 20.0
MEASURES = (20, 22, 24, 28, 32)
"""Widths of the text block, in em; each paragraph is set at all of them."""
FACE = "Noto Serif CJK SC"
PARAGRAPHS = (
    "“数字贸易”不是旧贸易的影子：它把设计、生产与服务连成一张网，（尤其是小企业）因此得以越过距离。报告《数据流动与发展》"
    "指出，2024年前三季度，跨境数字服务增长5.2%，覆盖193个国家和地区；其中，发展中国家的份额第一次超过三成。",
    "主持人刘洁请Pedro Manuel Moreno先生先讲。他说：“没有人应当被落在后面。”——这句话后来被多次引用……他又补充道，"
    "AI不会等人，规则也不该等人；“先行先试”，“边干边学”，都比“等一等”好。",
    "安东尼奥·古特雷斯在《未来契约》（2024年9月22日通过）的讲话里，把治理比作修桥：“桥墩要在涨水之前打好。”与会的85万名线上观众中，"
    "有近四成来自亚洲、非洲和拉丁美洲。会后，联合国贸易和发展会议（UNCTAD）公布了第7号文件。",
    "什么是好的规则？是写得最长的，还是最容易执行的？圆桌上的回答不一：企业代表要“确定性”，学者要“可解释性”，"
    "律师说：“两样都要，（不过）先把定义写清楚！”主持人笑道：“那就从‘数据’二字开始吧。”",
    "论坛由3家单位主办、12家机构协办，历时2天，共有46位嘉宾发言。按惯例，《会议综述》将在30个工作日内发布；届时，"
    "中文版与英文版（English edition）同时上线，网址为https://example.org/forum/2024，任何人都可以免费下载。",
)


def html_page(measure: float, paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    """The paragraphs as HTML for the engines that read it."""
    css = (
        f"@page{{size:{measure * EM + 2 * MARGIN}pt 700pt;margin:{MARGIN}pt}}"
        f"html{{font:{EM}pt/17pt '{FACE}'}}body{{margin:0}}p{{margin:0;text-indent:2em;text-align:justify;"
        "text-justify:inter-character;line-break:strict;text-spacing-trim:trim-start;text-autospace:normal;"
        "hanging-punctuation:none;orphans:1;widows:1}"
    )
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title><style>{css}</style>{body}'


def by_huikan(measure: float, paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    document = HTML(string=html_page(measure, paragraphs))
    typeset(document.etree_element, "zh-Hans")
    with chinese_layout():
        pdf: bytes = document.write_pdf()
    return pdf


def by_plain_weasyprint(measure: float) -> bytes:
    pdf: bytes = HTML(string=html_page(measure)).write_pdf()
    return pdf


def by_typst(measure: float) -> bytes:
    import typst  # type: ignore[import-not-found,unused-ignore]

    source = (
        f"#set page(width: {measure * EM + 2 * MARGIN}pt, height: 700pt, margin: {MARGIN}pt)\n"
        f'#set text(font: "{FACE}", size: {EM}pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7pt, spacing: 7pt)\n"
    )
    escaped = (re.sub(r"([#$*_`<>@\\\[\]=~/])", r"\\\1", text) for text in PARAGRAPHS)
    pdf: bytes = typst.compile((source + "\n\n".join(escaped)).encode())
    return pdf


def by_chromium(measure: float) -> bytes:
    program = shutil.which("chromium")
    if program is None:
        raise ModuleNotFoundError("chromium is not installed (apt install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html_page(measure), encoding="utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return pdf.read_bytes()


ENGINES: dict[str, Callable[[float], bytes]] = {
    "Huikan": by_huikan,
    "Typst": by_typst,
    "Chromium": by_chromium,
    "WeasyPrint": by_plain_weasyprint,
}


def compare(pictures: Path | None) -> dict[str, list[Report]]:
    """Each engine's reports, one a measure; with `pictures`, its page at 22 em is saved there as PNG."""
    reports: dict[str, list[Report]] = {}
    plain = [normalise_spacing(text, "zh-Hans") for text in PARAGRAPHS]
    for name, engine in ENGINES.items():
        try:
            for measure in MEASURES:
                pdf = engine(measure)
                report = check(read_lines(pdf, MARGIN), plain, measure * EM, EM)
                reports.setdefault(name, []).append(report)
                if pictures is not None and measure == 22:
                    save_picture(pdf, pictures / f"five-paragraphs-{name.lower()}.png")
        except ModuleNotFoundError as error:
            print(f"{name} left out: {error}", file=sys.stderr)
    return reports


def save_picture(pdf: bytes, target: Path) -> None:
    """The first page of `pdf` at 144 ppi, cut to its text."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("L")
    ink = image.point(lambda value: 255 * (value < 250)).getbbox() or (0, 0, *image.size)
    image.crop((0, max(0, ink[1] - 10), image.width, ink[3] + 10)).quantize(8).save(target, optimize=True)


def table(reports: dict[str, list[Report]]) -> str:
    """A Markdown table of broken rules by engine, and their sum per 1,000 characters."""
    names = list(reports)
    rows = [f"| rule | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    for rule, meaning in RULES.items():
        counts = [sum(report.broken[rule] for report in reports[name]) for name in names]
        rows.append(f"| {meaning} | {' | '.join(map(str, counts))} |")
    sums = {name: sum(report.broken.total() for report in reports[name]) for name in names}
    letters = {name: sum(report.characters for report in reports[name]) for name in names}
    per_thousand = (f"**{1000 * sums[name] / letters[name]:.1f}**" for name in names)
    rows.append(f"| **broken rules per 1,000 characters** | {' | '.join(per_thousand)} |")
    rows.append(f"| lines in all | {' | '.join(str(sum(r.lines for r in reports[name])) for name in names)} |")
    return "\n".join(rows)


def cpu_seconds(html: str, folder: Path, sheets: Sequence[Path], composed: bool) -> float:
    """CPU seconds to lay out and paint a publication's print edition, with our lines or the engine's."""
    start = time.process_time()
    document = HTML(string=html, base_url=f"{folder.as_uri()}/")
    if composed:
        typeset(document.etree_element, "zh-Hans")
    with chinese_layout() if composed else nullcontext():
        document.write_pdf(io.BytesIO(), stylesheets=list(sheets))
    return time.process_time() - start


def cost(count: int, rounds: int) -> str:
    """What the composed lines cost a made-up publication of `count` summaries: least CPU time of `rounds`."""
    times: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        generate(folder, count)
        publication = load_publication(folder).publication
        design = design_of(folder, publication.booklet.theme)
        labels = load_labels("zh-Hans", design.templates)
        html = render_html(resolve(publication, labels), labels, design.templates)
        sheets = design.cascade("tokens.css", "base.css", "cjk.css", "print.css")
        for _ in range(rounds):
            for composed in times:
                times[composed].append(cpu_seconds(html, folder, sheets, composed))
    on, off = min(times[True]), min(times[False])
    return f"{count} summaries: {on:.1f} s of CPU time with, {off:.1f} s without: {on / off:.2f} ×"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each engine's page")
    parser.add_argument("--cost", action="store_true", help="measure the layout's CPU time instead")
    parser.add_argument("--summaries", type=int, default=210)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains of every Type 3 face
    if arguments.cost:
        print(cost(arguments.summaries, arguments.rounds))
    else:
        print(table(compare(arguments.pictures)))


if __name__ == "__main__":
    main()
