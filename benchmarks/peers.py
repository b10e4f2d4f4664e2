"""The same booklet for Typst, XeLaTeX, Chromium (HTML) and pandoc (Markdown), from a publication's folder.

Equivalent layout: photo column and text column, contents, speakers and index with page numbers, running heads,
folios, the same faces and photographs. Typst and XeLaTeX make an outline and links as well; Chromium prints no page
numbers in lists; pandoc writes a DOCX of headings, pictures and prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks import xelatex
from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.resolve import resolve
from huikan.content.resolved import Entry, ResolvedBooklet, ResolvedSession
from huikan.render.stylesheets import design_of

_TYPST_HEAD = """\
#set document(title: "{title}")
#set text(font: ("Noto Serif CJK SC",), size: 10.5pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7.5pt, spacing: 7.5pt)
#set page(
  width: 210mm, height: 285mm, margin: (top: 84pt, bottom: 76pt, inside: 72pt, outside: 61pt),
  header: context {{
    let above = query(selector(heading.where(level: 1)).before(here()))
    if above.len() > 0 {{ text(size: 8pt, above.last().body) }}
  }},
  footer: context align(center, text(size: 9pt, counter(page).display())),
)
#show heading.where(level: 1): it => {{ pagebreak(weak: true); block(text(size: 22pt, it.body), below: 18pt) }}
#show heading.where(level: 2): it => block(text(size: 14pt, it.body), above: 18pt, below: 9pt)
#let plain(body) = {{ set par(first-line-indent: 0pt); body }}
#let page-of(target) = link(target, context str(counter(page).at(target).first()))
#align(center + horizon, plain(text(size: 38pt)[{title}]))
#pagebreak()
#outline(depth: 2)
"""


@dataclass(frozen=True, slots=True)
class Peers:
    """Files for the other engines, in one folder beside the photographs."""

    typst: Path
    xelatex: Path
    html: Path
    markdown: Path


def write_peers(folder: Path) -> Peers:
    """Write the sources beside the publication in `folder`, whose photographs they use."""
    booklet = _resolved(folder)
    peers = Peers(*(folder / name for name in ("peer.typ", "peer.tex", "peer.html", "peer.md")))
    peers.typst.write_text(_typst(booklet), encoding="utf-8")
    peers.xelatex.write_text(_xelatex(booklet), encoding="utf-8")
    peers.html.write_text(_html(booklet), encoding="utf-8")
    peers.markdown.write_text(_markdown(booklet), encoding="utf-8")
    return peers


def _resolved(folder: Path) -> ResolvedBooklet:
    publication = load_publication(folder).publication
    labels = load_labels("zh-Hans", design_of(folder, publication.booklet.theme).templates)
    return resolve(publication, labels)


def _speakers(session: ResolvedSession) -> list[Entry]:
    return [entry for entry in session.items if entry.summary is not None]


def _name(session: ResolvedSession) -> str:
    return " ".join(part.text for part in (session.label, session.title) if part)


def _paragraphs(entry: Entry) -> list[str]:
    assert entry.summary is not None
    plain = re.sub(r"\*+|\\", "", entry.summary.markdown)
    return [" ".join(block.split("\n")) for block in plain.split("\n\n") if block.strip()]


def _caption(entry: Entry) -> str:
    return "".join(line.text for line in entry.caption)


def _title(entry: Entry) -> str:
    title = entry.title or entry.person.title
    return title.text if title else ""


def _typst(booklet: ResolvedBooklet) -> str:
    parts = [_TYPST_HEAD.format(title=_escaped(booklet.title.text)), "= 议程\n"]
    for session in booklet.sessions:
        rows = "".join(f"[{_escaped(e.person.name.text)}], [{_escaped(_title(e))}],\n" for e in _speakers(session))
        parts.append(f"#plain[{_escaped(_name(session))}]\n#table(columns: (1fr, 2fr), stroke: none,\n{rows})\n")
    parts.append("= 发言人\n#table(columns: (1fr, 2fr, auto), stroke: none,\n")
    parts += [
        f"[{_escaped(entry.person.name.text)}], [{_escaped(_title(entry))}], page-of(<{entry.anchor}>),\n"
        for session in booklet.sessions
        for entry in _speakers(session)
    ]
    parts.append(")\n")
    for session in booklet.sessions:
        parts.append(f"= {_escaped(_name(session))}\n")
        parts += [_typst_summary(entry) for entry in _speakers(session)]
    parts.append("= 人名索引\n#columns(2)[\n")
    for group in booklet.index:
        parts.append(f"#plain[*{group.initial}*]\n\n")
        for entry in group.entries:
            pages = ", ".join(f"#page-of(<{anchor}>)" for anchor in entry.anchors)
            parts.append(f"#plain[{_escaped(entry.name.text)} #h(1fr) {pages}]\n\n")
    return "".join([*parts, "]\n"])


def _typst_summary(entry: Entry) -> str:
    photo = f'#image("{entry.portrait.file}", width: 150pt, height: 100pt, fit: "cover")' if entry.portrait else ""
    prose = "\n\n".join(_escaped(paragraph) for paragraph in _paragraphs(entry))
    heading = f"{_escaped(entry.person.name.text)}#h(1em)#text(size: 9pt)[{_escaped(_title(entry))}]"
    caption = f"#plain(text(size: 8.5pt)[{_escaped(_caption(entry))}])"
    return (
        f"#block(breakable: false)[\n== {heading} <{entry.anchor}>\n"
        f"#grid(columns: (150pt, 1fr), gutter: 18pt, [{photo}\n{caption}], [{prose}])]\n\n"
    )


def _escaped(text: str) -> str:
    return re.sub(r"([#$*_`<>@\\\[\]=~/\-+\"'])", r"\\\1", text)


def _xelatex(booklet: ResolvedBooklet) -> str:
    tex = xelatex.escaped
    parts = [xelatex.HEAD.replace("TITLE", tex(booklet.title.text)), "\\section{议程}\n"]
    for session in booklet.sessions:
        rows = "".join(f"{tex(e.person.name.text)} & {tex(_title(e))} \\\\\n" for e in _speakers(session))
        columns = r"p{.33\dimexpr\textwidth-20bp}p{.67\dimexpr\textwidth-20bp}"
        parts.append(f"\\noindent {tex(_name(session))}\n\\begin{{longtable}}{{{columns}}}\n{rows}\\end{{longtable}}\n")
    columns = r"p{.33\dimexpr\textwidth-50bp}p{.67\dimexpr\textwidth-50bp}r"
    parts.append(f"\\section{{发言人}}\n\\begin{{longtable}}{{{columns}}}\n")
    parts += [
        f"{tex(entry.person.name.text)} & {tex(_title(entry))} & \\pageof{{{entry.anchor}}} \\\\\n"
        for session in booklet.sessions
        for entry in _speakers(session)
    ]
    parts.append("\\end{longtable}\n")
    for session in booklet.sessions:
        parts.append(f"\\section{{{tex(_name(session))}}}\n")
        parts += [_xelatex_summary(entry) for entry in _speakers(session)]
    parts.append("\\section{人名索引}\n\\begin{multicols*}{2}\n\\setlength\\parindent{0pt}\n")
    for group in booklet.index:
        parts.append(f"\\textbf{{{tex(group.initial)}}}\\par\n")
        for entry in group.entries:
            pages = ", ".join(f"\\pageof{{{anchor}}}" for anchor in entry.anchors)
            parts.append(f"\\noindent\\hbox to\\linewidth{{{tex(entry.name.text)}\\hfill {pages}}}\\par\n")
    return "".join([*parts, "\\end{multicols*}\n\\end{document}\n"])


def _xelatex_summary(entry: Entry) -> str:
    tex = xelatex.escaped
    photo = f"\\includegraphics[width=150bp,height=100bp]{{{entry.portrait.file}}}\\par " if entry.portrait else ""
    prose = "\n\n".join(tex(paragraph) for paragraph in _paragraphs(entry))
    return (
        f"\\begin{{summary}}{{{tex(entry.person.name.text)}}}{{{tex(_title(entry))}}}{{{entry.anchor}}}%\n"
        f"\\photocolumn{{{photo}{tex(_caption(entry))}}}%\n\\begin{{prose}}{prose}\\end{{prose}}\n\\end{{summary}}\n\n"
    )


def _html(booklet: ResolvedBooklet) -> str:
    css = (
        "@page{size:210mm 285mm;margin:84pt 61pt 76pt 72pt}html{font:10.5pt/18pt 'Noto Serif CJK SC'}body{margin:0}"
        "h1{font-size:22pt;line-height:36pt;break-before:page}h2{font-size:14pt}p{margin:0;text-indent:2em;"
        "text-align:justify;text-justify:inter-character}article{display:grid;grid-template-columns:150pt 1fr;gap:18pt}"
        "img{width:150pt;height:100pt;object-fit:cover}figure{margin:0;font-size:8.5pt}.index{columns:2}"
    )
    parts = [f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{escape(booklet.title.text)}</title>']
    parts.append(f"<style>{css}</style><h1>{escape(booklet.title.text)}</h1><h1>目录</h1>")
    speakers = [entry for session in booklet.sessions for entry in _speakers(session)]
    linked = [f'<div><a href="#{entry.anchor}">{escape(entry.person.name.text)}</a></div>' for entry in speakers]
    parts += [*linked, "<h1>发言人</h1><table>"]
    parts += [f"<tr><td>{escape(e.person.name.text)}<td>{escape(_title(e))}</tr>" for e in speakers]
    parts.append("</table>")
    for session in booklet.sessions:
        parts.append(f"<h1>{escape(_name(session))}</h1>")
        for entry in _speakers(session):
            photo = f'<img src="{escape(entry.portrait.file)}" alt="">' if entry.portrait else ""
            prose = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in _paragraphs(entry))
            parts.append(f'<h2 id="{entry.anchor}">{escape(entry.person.name.text)} {escape(_title(entry))}</h2>')
            parts.append(f"<article><figure>{photo}{escape(_caption(entry))}</figure><div>{prose}</div></article>")
    return "".join([*parts, '<h1>人名索引</h1><div class="index">', *linked, "</div>"])


def _markdown(booklet: ResolvedBooklet) -> str:
    parts = [f"---\ntitle: {booklet.title.text}\nlang: zh-CN\n---\n"]
    for session in booklet.sessions:
        parts.append(f"# {_name(session)}\n")
        for entry in _speakers(session):
            assert entry.summary is not None
            parts.append(f"## {entry.person.name.text} {_title(entry)}\n")
            if entry.portrait:
                parts.append(f"![{_caption(entry)}]({entry.portrait.file}){{width=150pt}}\n")
            parts.append(f"{entry.summary.markdown}\n")
    return "\n".join(parts)
