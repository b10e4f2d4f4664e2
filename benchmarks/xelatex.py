"""The same booklet for XeLaTeX, and as many runs from nothing as its page numbers need.

    python -m benchmarks.xelatex SOURCE.tex     # writes SOURCE.pdf

The contents lengthen the book once they are known, so that the pages named in the second run are those of a book
without contents: the third run is usually the first that is right. Only the last run's pages are made a PDF.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_MOST_RUNS = 6
_KEPT = (".aux", ".toc", ".out")

HEAD = r"""
\documentclass[twoside]{article}
\usepackage{xeCJK,graphicx,multicol,longtable,array,fancyhdr,titlesec}
\usepackage[paperwidth=210mm,paperheight=285mm,top=84bp,bottom=76bp,inner=72bp,outer=61bp,headsep=24bp,footskip=30bp]
  {geometry}
\usepackage[unicode,bookmarksdepth=2,hidelinks,pdftitle={TITLE}]{hyperref}
\setmainfont{Noto Serif CJK SC}
\setCJKmainfont{Noto Serif CJK SC}
\xeCJKsetup{CJKspace=true}
\renewcommand\normalsize{\fontsize{10.5bp}{18bp}\selectfont}
\normalsize
\newcommand\captionsize{\fontsize{8.5bp}{16bp}\selectfont}
\setlength\parindent{21bp}
\setlength\parskip{0pt}
\setlength\tabcolsep{5bp}
\renewcommand\arraystretch{1.14}
\setlength\LTpre{0pt}\setlength\LTpost{0pt}\setlength\LTleft{0pt}\setlength\LTright{0pt}
\setcounter{secnumdepth}{0}
\setcounter{tocdepth}{2}
\newcommand\sectionbreak{\clearpage}
\titleformat\section{\fontsize{22bp}{36bp}\bfseries}{}{0pt}{}
\titleformat\subsection{\fontsize{14bp}{22bp}\bfseries}{}{0pt}{}
\titlespacing*\section{0pt}{0pt}{18bp}
\titlespacing*\subsection{0pt}{0pt}{9bp}
\pagestyle{fancy}
\fancyhf{}
\renewcommand\headrulewidth{0pt}
\renewcommand\sectionmark[1]{\markboth{#1}{#1}}
\fancyhead[L]{\fontsize{8bp}{12bp}\selectfont\rightmark}
\fancyfoot[C]{\fontsize{9bp}{12bp}\selectfont\thepage}
\makeatletter\renewcommand\@pnumwidth{2.6em}\makeatother
\renewcommand\contentsname{目录}
\newcommand\pageof[1]{\hyperref[#1]{\pageref*{#1}}}
\newenvironment{summary}[3]
  {\par\noindent\begin{minipage}{\textwidth}\setlength\parindent{21bp}%
   \subsection[#1 #2]{#1\hspace{1em}{\fontsize{9bp}{12bp}\selectfont #2}}\label{#3}\noindent}
  {\end{minipage}\par\vspace{18bp}}
\newcommand\photocolumn[1]{\begin{minipage}[t]{150bp}\vspace{0pt}\captionsize #1\end{minipage}\hspace{18bp}}
\newenvironment{prose}
  {\begin{minipage}[t]{\dimexpr\textwidth-168bp}\vspace{-2bp}\setlength\parindent{21bp}}{\end{minipage}}
\begin{document}
\raggedbottom
\hbox{}\vfill
{\centering\fontsize{38bp}{54bp}\selectfont TITLE\par}
\vfill
\clearpage
\tableofcontents
""".lstrip()
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "{}#$%&_"},
}


def escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)


def typeset(source: Path) -> int:
    """Run XeLaTeX beside the source from nothing until its page numbers hold still; gives the number of runs.

    Raises CalledProcessError when a run fails, RuntimeError when the numbers never hold still.
    """
    for suffix in _KEPT:
        source.with_suffix(suffix).unlink(missing_ok=True)
    known = _kept(source)
    for run in range(1, _MOST_RUNS + 1):
        command = ["xelatex", "-no-pdf", "-interaction=batchmode", "-halt-on-error", source.name]
        subprocess.run(command, cwd=source.parent, check=True, stdout=subprocess.DEVNULL)
        before, known = known, _kept(source)
        if known == before:
            subprocess.run(["xdvipdfmx", "-q", source.with_suffix(".xdv").name], cwd=source.parent, check=True)
            return run
    raise RuntimeError(f"{source}: page numbers still move after {_MOST_RUNS} runs")


def _kept(source: Path) -> list[bytes]:
    paths = [source.with_suffix(suffix) for suffix in _KEPT]
    return [path.read_bytes() if path.exists() else b"" for path in paths]


if __name__ == "__main__":
    typeset(Path(sys.argv[1]))
