"""What stands in for the engine to be faster gives the bytes that the engine gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from weasyprint import HTML

from huikan.render.layout import (
    chinese_layout,
    collisions,
    composer,
    drawing,
    engine,
    glyph_runs,
    lines,
    operands,
    optimum,
    prototypes,
    shaping,
    traversal,
    used_values,
)

PAGE = """
<style>
@page { size: 300pt 400pt; margin: 10%; @bottom-center { content: counter(page); width: 40% } }
body { font: 10pt/15pt "Noto Serif CJK SC" }
p { text-align: justify; text-indent: 2em; margin: 0 }
table { border-collapse: collapse; width: 100%; box-sizing: border-box; border: 3pt solid; padding: 4pt }
td { border: 1pt solid; padding: 2% 3pt; min-width: 20pt }
table.plain, .plain td { width: auto; padding: 3pt } td.thick { border: 4pt double red }
aside { float: left; width: 30%; margin: 0 5pt; padding: calc(1% + 2pt); box-sizing: border-box; border: 1pt solid }
b { background: gold; border-radius: 2pt 10% }
.box { display: inline-block; width: 25%; height: 12pt; border: 1pt solid; box-sizing: padding-box }
.mark { position: relative; top: 2pt; padding: 0 2%; border-left: 1pt solid } .high { vertical-align: super }
.lines { text-decoration: underline; letter-spacing: .2em }
.cut { overflow: hidden; text-overflow: ellipsis; width: 60pt; white-space: nowrap }
h2 { text-wrap: balance; break-before: page; position: absolute; right: 0; width: 50% }
.flex { display: flex } .flex div { flex: 1 1 20%; min-width: 0 }
</style>
<body lang="zh"><aside>旁注<table><tr><td>甲</table></aside>
<p>《港口》说：“潮起<span class="mark">于此</span>”，共193个code名。
<span class="box">盒</span>其二<sup class="high">2</sup>——
<span class="lines">有线的字</span>与<b>粗字</b>，<i>Latin office</i>，\u2f00\U0001f600𠮷ấ e\u0301。</p>
<p class="cut">剪去的一行字很长很长</p>
<table><tr><td>一<td class="thick">二<tr><td colspan="2">
<p>格中的字，也要“对齐”，共有二十多个，才会换行，才看得出。</table>
<table class="plain"><tr><td>甲<td class="thick">乙<tr><td class="thick">丙<td>丁</table>
<h2>绝对的标题，很长，要分行</h2><p>下一页的字。<div class="flex"><div>左</div><div>右边的字</div></div>
"""
WIDTHS_PAGE = """
<style>
@page { size: 300pt 400pt; margin: 10% }
body { font: 10pt/15pt "Noto Serif CJK SC" }
.box { display: inline-block; border: 1pt solid; padding: 1pt 2% } .least { min-width: 90pt; max-width: 100% }
.apart { margin: 3pt auto 3pt 5% } .half { width: 50% } .cut { max-width: 40pt } .table { display: inline-table }
aside { float: right; border: 1pt solid } .out { position: absolute; border: 1pt solid }
</style>
<body lang="zh"><aside>自己有多宽<br>就多宽 Latin</aside><div class="out">绝对的</div>
<p>行中有<span class="box">短的</span>与<span class="box least apart">至少这么宽</span>，还有
<span class="box cut">最多四十点，多了换行 longwordthatcannotbebroken</span>、<span class="box half">一半</span>，
<span class="box">很长很长，长得一行放不下，只好在盒子里面换行的一段文字，这样还不够长，再长一些</span>。
<span class="box table"><span style="display: table-cell">格</span></span>
<span class="box">盒中<span class="box">有<b class="box least">盒</b></span>子</span>。</p>
<aside>很长很长，长得一行放不下，只好在边上换行的一段文字，这样还不够长，再长一些，还要长</aside>
<p class="out">很长很长，长得一行放不下，只好换行的一段文字，这样还不够长，再长一些，还要长，还要再长一些</p>
"""


LAYERED_PAGE = """
<style>
@page { size: 300pt 400pt; margin: 10%; @bottom-center { content: counter(page); outline: 1pt solid } }
body { font: 10pt/15pt "Noto Serif CJK SC" } .faint { opacity: .5 } .hidden { visibility: hidden }
.outlined { outline: 2pt dotted red; outline-offset: 1pt } .turned { display: inline-block; transform: rotate(4deg) }
.over { position: relative; z-index: 2; background: gold } .under { position: relative; z-index: -1 }
.side { float: right; width: 60pt; border: 1pt solid } .ground { background: silver; border-radius: 2pt }
.clipped { overflow: hidden; height: 12pt } .framed { border: 1pt solid; padding: 0 1pt }
</style>
<body lang="zh"><p>行中有<span class="faint">淡的<b class="outlined">字</b></span>、<span class="outlined">框起的
<i>字</i></span>、<span class="hidden outlined">看不见的</span>、<span class="turned">转过的</span>。
<p class="outlined">压着<span class="over">上面<b>的字</b></span>与<span class="under">下面的</span>，
<span class="side">旁边<span class="over">的</span></span>字<span class="ground">有底</span>，<b class="framed">有边，
还很长，长得要换行，换了一行又一行，这才看得出来它的边在哪里断开</b>。
<div class="clipped">剪去的<p>字<p>字</div><ul><li class="outlined">条目<li class="faint">又一条</ul>
<table><tr><td class="over">格<td class="faint">格<td class="outlined">格<span class="side">旁</span></table>
<p class="faint"><span class="ground">整段</span>是淡的<img alt="图"><a href="https://example.org/">链接</a>
"""


def laid_out_to_be_measured(context: Any, box: Any, containing_block: Any) -> tuple[float, None]:
    """As the engine measures a box in a line: by laying out what is in it, which then is done once more."""
    return float(engine.atomic_box(context, box, 0, None, containing_block, [], []).margin_width()), None


STAND_INS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "glyphs kept": lambda patch: patch.setattr(glyph_runs.Cutting, "cut", lambda _: None),
    "lines that go on": lambda patch: patch.setattr(composer.Composer, "begin_line", lambda *_: None),
    "texts in one piece": lambda patch: patch.setattr(lines._Pen, "_is_one_text", lambda *_: False),
    "plain runs": lambda patch: patch.setattr(glyph_runs.Cutting, "plain", lambda *_: None),
    "one line": lambda patch: patch.setattr(optimum, "_is_one_line", lambda *_: False),
    "earliest end": lambda patch: patch.setattr(optimum, "_earliest_end", lambda row, node, measure: node + 1),
    "lines painted": lambda patch: patch.setattr(drawing.LinePainter, "draw", lambda *_: False),
    "used values": lambda patch: patch.setattr(used_values, "resolve_percentages", used_values.resolve_by_engine),
    "struts": lambda patch: patch.setattr(used_values, "strut", used_values.strut_by_engine),
    "backgrounds": lambda patch: patch.setattr(used_values, "lay_out_backgrounds", used_values.backgrounds_by_engine),
    "flow": lambda patch: patch.setattr(used_values, "is_in_normal_flow", used_values.flow_by_engine),
    "shrinking": lambda patch: patch.setattr(used_values, "shrink_to_fit", used_values.shrink_by_engine),
    "boxes in a line": lambda patch: patch.setattr(composer, "_widths_of_atom", laid_out_to_be_measured),
    "lines beside floats": lambda patch: patch.setattr(collisions, "avoid_collisions", collisions.avoid_by_engine),
    "first blanks": lambda patch: patch.setattr(collisions, "skip_first_whitespace", collisions.skip_by_engine),
    "layouts copied": lambda patch: patch.setattr(prototypes, "set_up", prototypes.set_up_by_engine),
    "lone glyphs": lambda patch: patch.setattr(shaping, "shaped_alone", lambda *_: None),
    "least width": lambda patch: patch.setattr(collisions, "least_width_of_line", collisions.least_by_engine),
    "layers": lambda patch: patch.setattr(traversal, "dispatch_children", traversal.dispatch_by_engine),
    "outlines": lambda patch: patch.setattr(traversal, "draw_outline", traversal.outline_by_engine),
    "boxes painted": lambda patch: patch.setattr(drawing, "draw_inline_level", drawing.inline_by_engine),
    "operands": lambda patch: patch.setattr(operands, "to_bytes", operands.bytes_by_engine),
    "products": lambda patch: patch.setattr(operands, "product", operands.product_by_engine),
}


LINKED_PAGE = """
<style>
@page { size: 300pt 400pt; margin: 10%; @footnote { border-top: 1pt solid } }
body { font: 10pt/15pt "Noto Serif CJK SC" } h2 { bookmark-label: "标签" } .no { bookmark-level: none }
.turned { transform: rotate(4deg) scale(1.2); display: block } .note { float: footnote }
.out { position: absolute; right: 0 }
input { appearance: auto; border: 1pt solid; width: 40pt } .fixed { position: fixed; bottom: 0 }
</style>
<body lang="zh"><h1 id="top">一</h1><h2 class="no" id="two">二</h2>
<p>见<a href="#two">第<b id="inner">二</b>节</a>，
<a href="https://example.org/">外面<i>的字</i></a><a href="#top"><img alt=""></a>。
<p id="two">重复的锚<span class="note" id="note">注<a href="#top">上</a></span>
<span class="out" id="out">外<a href="#inner">内</a></span>
<div class="turned" id="turned">转<a href="#out">过的</a><span id="within">字</span><h2>标题</h2></div>
<a href="#turned"><div><p>块中的<span>链接</span></div></a>
<form id="form"><p>名<input name="name" value="值"><a href="#form">表</a></form><p class="fixed" id="fixed">每页
<h2 style="break-before: page" id="last">末</h2>
"""


def printed(page: str = PAGE) -> bytes:
    with chinese_layout():
        made: Any = HTML(string=page).write_pdf(uncompressed_pdf=True, pdf_identifier=b"0", pdf_forms=True)
    return bytes(made)


@pytest.mark.parametrize("name", STAND_INS)
def test_a_page_is_the_same_without_the_stand_in(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = printed(), printed(WIDTHS_PAGE), printed(LAYERED_PAGE)
    STAND_INS[name](monkeypatch)
    assert (printed(), printed(WIDTHS_PAGE), printed(LAYERED_PAGE)) == fast


@pytest.mark.parametrize("name", ["gather_anchors", "descendants"])
def test_a_page_leads_to_the_same_places_without_the_stand_in(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_engine = {"gather_anchors": traversal.anchors_by_engine, "descendants": traversal.descendants_by_engine}
    fast = printed(LINKED_PAGE), printed()
    calls, original = list[object](), getattr(traversal, name)

    def noted(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments[0])
        return original(*arguments, **named)

    monkeypatch.setattr(traversal, name, noted)
    assert (printed(LINKED_PAGE), printed()) == fast
    assert len(calls) > 2
    monkeypatch.setattr(traversal, name, by_engine[name])
    assert (printed(LINKED_PAGE), printed()) == fast
    assert fast[0].count(b"/Annot") > 9


def test_lines_are_painted_by_the_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the comparison above would compare the engine with itself."""
    done, original = list[bool](), drawing.LinePainter.draw

    def noted(self: drawing.LinePainter, *arguments: Any) -> bool:
        done.append(original(self, *arguments))
        return done[-1]

    monkeypatch.setattr(drawing.LinePainter, "draw", noted)
    printed()
    assert done.count(True) > 15


def test_the_least_width_of_a_box_is_not_looked_for_when_the_most_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, original = list[str](), engine.preferred.min_content_width

    def noted(context: Any, box: Any, outer: bool = True) -> Any:
        looked.append("".join(getattr(each, "text", "") for each in box.descendants()))
        return original(context, box, outer)

    monkeypatch.setattr(engine.preferred, "min_content_width", noted)
    printed(WIDTHS_PAGE)
    assert any(text.startswith("很长很长") for text in looked)
    assert not any(text.startswith(("绝对的", "自己有多宽")) for text in looked)


@pytest.mark.parametrize(
    "value",
    [0, -7, True, 0.0, -0.0, 3.0, -0.5, 1e-9, -1e-9, 1 / 3, 1e22, "Rect", b"\xff", engine.pydyf.Array([1, 0.25, "R"])],
)
def test_operands_are_written_as_the_engine_writes_them(value: object) -> None:
    assert operands.to_bytes(value) == operands.bytes_by_engine(value)


def test_what_no_operand_can_say_is_refused_as_by_the_engine() -> None:
    for written in (operands.to_bytes, operands.bytes_by_engine):
        with pytest.raises(UnicodeEncodeError):  # by which a string is known to need another encoding
            written("会刊")


def test_products_are_those_of_the_engine_to_the_last_bit() -> None:
    turned, moved = engine.Matrix(0.1, -0.7, 1 / 3, 0.2, -5, 1e9), engine.Matrix(-0.75, 0, 0, 0.75, -0.0, 841.9)
    for one in (turned, moved, engine.Matrix(matrix=[[0.1, -0.2, 1]]), engine.Matrix(matrix=[[-0.0, 0.0, 1]])):
        for other in (turned, moved):
            assert repr(operands.product(one, other)) == repr(operands.product_by_engine(one, other))
