"""The pictures of docs/typography.md: each rule set by plain WeasyPrint and by Huikan, side by side.

python -m benchmarks.specimen [FOLDER]
"""

from __future__ import annotations

import argparse
import io
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from re import sub

import pypdfium2
from PIL import Image, ImageChops
from weasyprint import HTML

from benchmarks.typesetting_rules import Report, check, read_lines
from huikan.render.layout import chinese_layout
from huikan.render.typography import normalise_spacing, typeset

EM = 10.0
MARGIN = 12.0
FOLDER = Path(__file__).parents[1] / "docs" / "specimen"
CSS = (
    "@page{{size:{width}pt 600pt;margin:{margin}pt}}html{{font:10pt/17pt 'Noto Serif CJK SC'}}body{{margin:0}}"
    "p{{margin:0;text-indent:2em;text-align:justify}}h2{{font:bold 14pt/22pt 'Noto Serif CJK SC';margin:0}}"
    ".kai{{font-family:'LXGW WenKai'}}.companion{{font-family:'Noto Serif','Noto Serif CJK SC'}}"
    "em{{font-style:normal;font-weight:bold}}table{{border-spacing:0}}td{{padding:0;vertical-align:top}}"
)


@dataclass(frozen=True, slots=True)
class Specimen:
    """One rule: its file name, the rule of the checker it breaks when set plainly (or none), text and measure."""

    name: str
    rule: str
    body: str
    columns: int


NAMES = (
    ("刘洁", "数字经济研究院", "副院长"),
    ("许新建", "国际贸易促进与合作中心", "高级顾问、首席代表"),
    ("司马相如", "大学", "教授"),
)


def _paragraph(name: str, rule: str, columns: int, *text: str) -> Specimen:
    return Specimen(name, rule, f"<p>{''.join(text)}</p>", columns)


def _names() -> str:
    rows = (
        f"<tr><td class=name-column style='width:7em'><span class=name>{name}</span>"
        f"<td><span class=part>{body}</span><span class=part>{post}</span>"
        for name, body, post in NAMES
    )
    return f"<table>{''.join(rows)}</table>"


SPECIMENS = (
    _paragraph(
        "justification", "right edge", 14,
        "排版的功夫在看不见的地方：每一行都到头，字距却不显得松；行与行之间灰度一致，读者只看见意思，看不见空白。",
    ),
    _paragraph(
        "squeeze", "squeeze", 16,
        "他说：“《契约》（草案）很好。”“好在哪里？”（众人笑）“好在‘简短’。”，这是会上的一幕。",
    ),
    _paragraph(
        "edges", "left edge", 13,
        "大会今年的三个关键词是（按笔画排列）互认、包容、开放，以及（最重要的）“信任”，“标准”另计。",
    ),
    _paragraph(
        "mixed", "mixed text", 16,
        "全球193个国家中，有85%在2024年接入AI服务，Moreno先生称之为“第2次起跑”，共计1200万人受益。",
    ),
    _paragraph("interpunct", "", 16, "安东尼奥·古特雷斯与恩戈齐·奥孔乔—伊韦阿拉先后致辞。"),
    _paragraph(
        "numbers", "", 17,
        "议定书于2024年11月6日生效，覆盖193个成员国；第七届会议收到85万件意见，其中3.2%来自第18号文件。",
    ),
    _paragraph("last-line", "last line", 14, "会议的结论是规则越清楚合作就越容易而越早开始代价就越小。"),
    _paragraph("titles", "", 13, "论坛发布《世界数字经济创新指数报告》和《中小企业出海合规手册》两份成果文件。"),
    Specimen(
        "faces",
        "",
        "<p class=companion>拉丁字母取自Noto Serif，引号“”与破折号——省略号……仍占汉字的方格。</p>"
        "<p class=kai>楷体“引号”亦然。</p>",
        16,
    ),
    Specimen("names", "", _names(), 20),
    Specimen("heading", "", "<h2>面向未来的数字贸易规则与发展中国家能力建设圆桌会</h2>", 24),
)  # fmt: skip


def page(specimen: Specimen) -> str:
    """The specimen as an HTML document."""
    css = CSS.format(width=specimen.columns * EM + 2 * MARGIN, margin=MARGIN)
    return f'<!doctype html><html lang="zh-Hans"><title>t</title><style>{css}</style><body>{specimen.body}</body>'


def before(specimen: Specimen) -> bytes:
    """PDF by plain WeasyPrint."""
    pdf: bytes = HTML(string=page(specimen)).write_pdf()
    return pdf


def after(specimen: Specimen) -> bytes:
    """PDF by Huikan."""
    document = HTML(string=page(specimen))
    typeset(document.etree_element, "zh-Hans")
    with chinese_layout():
        pdf: bytes = document.write_pdf()
    return pdf


def report(specimen: Specimen, pdf: bytes) -> Report:
    """The broken rules of a specimen that is set as paragraphs."""
    paragraphs = [unescape(sub("<[^>]*>", "", part)) for part in specimen.body.split("</p>")[:-1]]
    plain = [normalise_spacing(text, "zh-Hans") for text in paragraphs]
    return check(read_lines(pdf, MARGIN), plain, specimen.columns * EM, EM)


def picture(specimen: Specimen) -> Image.Image:
    """Before on the left, after on the right, at 144 ppi; the measure is tinted."""
    images = [_rendered(pdf, specimen) for pdf in (before(specimen), after(specimen))]
    height = max(image.height for image in images)
    sheet = Image.new("L", (sum(image.width for image in images), height), 255)
    sheet.paste(images[0], (0, 0))
    sheet.paste(images[1], (images[0].width, 0))
    return sheet


def _rendered(pdf: bytes, specimen: Specimen) -> Image.Image:
    scale = 2.0
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("L")
    box = image.point(lambda value: 255 * (value < 250)).getbbox() or (0, 0, 1, 1)
    image = image.crop((0, 0, image.width, box[3] + round(MARGIN * scale)))
    tint = Image.new("L", image.size, 255)
    tint.paste(240, (round(MARGIN * scale), 0, round((MARGIN + specimen.columns * EM) * scale), image.height))
    return ImageChops.darker(image, tint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for specimen in SPECIMENS:
        target = io.BytesIO()
        picture(specimen).quantize(16).save(target, "PNG", optimize=True)
        (folder / f"{specimen.name}.png").write_bytes(target.getvalue())


if __name__ == "__main__":
    main()
