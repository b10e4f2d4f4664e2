"""Run every rule over a publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from huikan.check import (  # noqa: F401  # the modules enter their rules into the registry
    bodies,
    event,
    figures,
    imported,
    isbn,
    languages,
    listed_twice,
    lost_words,
    names,
    numerals,
    pictures,
    placeholders,
    places,
    programme,
    punctuation,
    spacing,
    strange_characters,
    tables,
    timing,
    titles,
    translation_record,
    translations,
    typed_marks,
    word_forms,
    wording,
)
from huikan.check.allow import Allowance, allowances_of, faults_of
from huikan.check.registry import RULES, Remark, Rule
from huikan.check.subject import TRANSLATIONS, Subject, source_text
from huikan.content.load import LoadedPublication, load_publication
from huikan.content.marks import Lines
from huikan.content.model import Edition
from huikan.finding import ContentError, Finding, Severity
from huikan.importers.import_report import REPORT
from huikan.render.examine import Examined

LONGEST_EXCERPT = 40
_WITHOUT_TOKENS = {Edition.PRINT, Edition.WEB}
"""Editions of which browsers and the layout engine alone read the tokens: a token may be anything there."""

_OF_BOOKS = "HK060"
"""Errors about tokens, of which print asks nothing."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What `--fix` writes: `text` in place of the characters from `start` to before `end` of `file`."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found, in the order of files and lines, and what can be put right at once."""

    findings: tuple[Finding, ...]
    fixes: tuple[Fix, ...]
    allowed: int = 0


def subject_of(loaded: LoadedPublication, pages: tuple[Examined, ...] = ()) -> Subject:
    """The loaded publication with the text of its files, and what was seen on its pages."""
    sources = {
        path.relative_to(loaded.folder).as_posix(): source_text(path)
        for path in loaded.source_files
        if path.suffix in {".yaml", ".md"}
    }
    return Subject(loaded, sources, dict(_beside(loaded.folder)), pages)


def _beside(folder: Path) -> Iterator[tuple[str, str]]:
    for name in (REPORT, TRANSLATIONS):
        with suppress(OSError):  # whatever became of them, the content is checked
            yield name, source_text(folder / name, errors="replace")


def check_folder(folder: Path, *, layout: bool = False) -> Checked:
    """Load the publication in `folder` and check it; with `layout` its pages too, which takes as long as a build.

    Raises ContentError when it cannot be loaded, MissingSystemPartError when this machine cannot lay it out.
    """
    return check_publication(load_publication(folder), layout=layout)


def check_publication(loaded: LoadedPublication, *, layout: bool = False) -> Checked:
    """Every finding about a loaded publication: what loading noticed, and what the rules say."""
    problems = _design_problems(loaded)
    # Pages that lack a part of their design would be looked at in vain, and say the same without its place
    is_whole = all(each.severity is not Severity.ERROR or each.code == _OF_BOOKS for each in problems)
    pages, unmade = _pages(loaded) if layout and is_whole else ((), ())
    subject = subject_of(loaded, pages)
    allowances = allowances_of(loaded, subject.sources)
    lines = {file: Lines(text, file) for file, text in {**subject.sources, **subject.beside}.items()}
    findings: list[Finding] = [*loaded.warnings, *problems, *unmade]
    fixes: list[Fix] = []
    used = set() if layout else {each for each in allowances if _needs_pages(each)}
    silenced = 0
    for rule in sorted(RULES.values(), key=lambda rule: rule.id):
        for remark in rule.check(subject):
            finding = _finding(rule, remark, subject, lines)
            covering = [each for each in allowances if each.covers(rule.id, finding.file, finding.line, remark.field)]
            if covering:
                used |= set(covering)
                silenced += 1
                continue
            findings.append(finding)
            fix = _fix(remark, subject)
            fixes += [fix] if fix else []
    findings += faults_of(allowances, used)
    order = sorted(dict.fromkeys(findings), key=lambda each: (each.file, each.line, each.column, each.code))
    return Checked(tuple(order), tuple(fixes), silenced)


def _pages(loaded: LoadedPublication) -> tuple[tuple[Examined, ...], tuple[Finding, ...]]:
    """What is seen on the pages, and why there are none: templates or stylesheets that cannot be used."""
    from huikan.check.pages import examined

    try:
        return examined(loaded), ()
    except ContentError as error:
        from huikan.render.template_faults import with_places

        return (), with_places(error.findings, [loaded.folder / "templates"])


def _design_problems(loaded: LoadedPublication) -> tuple[Finding, ...]:
    """What is seen of the design without laying it out: whether there is such a theme, slips in its own files."""
    from huikan.render.css.faults import stylesheet_findings
    from huikan.render.css.sheets import Face, faces_of, parts_of
    from huikan.render.html import template_problems
    from huikan.render.stylesheets import design_of
    from huikan.render.tokens import load_tokens

    try:
        design = design_of(loaded.folder, loaded.publication.booklet.theme)
    except ContentError as error:
        return error.findings
    editions = loaded.publication.booklet.editions
    faces = faces_of(editions) | {Face.PRINT}  # the pages that are looked at are laid out, whatever is made
    found = [*stylesheet_findings(design, faces, parts_of(editions, draft=False)), *template_problems(design.templates)]
    if design.own_styles is None or not set(editions) - _WITHOUT_TOKENS:
        return tuple(found)
    try:
        load_tokens(design.styles, design.theme)
    except ContentError as error:
        told = {(each.file, each.line) for each in found}
        found += [each for each in error.findings if (each.file, each.line) not in told]
    return tuple(found)


def _needs_pages(allowance: Allowance) -> bool:
    return allowance.rule in RULES and RULES[allowance.rule].needs_pages


def _finding(rule: Rule, remark: Remark, subject: Subject, lines: dict[str, Lines]) -> Finding:
    file, offset, excerpt = _place(remark, subject)
    place = lines[file].place(offset, offset) if file in lines else None
    return Finding(
        rule.id,
        rule.severity,
        " ".join(remark.message.split("\n")),
        " ".join(remark.hint.split("\n")),
        file,
        place.line if place else 1,
        place.column if place else 1,
        excerpt,
    )


def _place(remark: Remark, subject: Subject) -> tuple[str, int, str]:
    """The file, the offset in it and the words that are meant."""
    if remark.passage is not None:
        passage = remark.passage
        words = passage.text[remark.start : remark.end].replace("\n", " ")
        excerpt = words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT]}…"
        return passage.file, passage.offset(remark.start), excerpt
    if remark.file:
        return remark.file, remark.offset, ""
    field = remark.field
    place = subject.loaded.locate(field)
    while place is None and "." in field.partition("#")[2]:
        field = field.rpartition(".")[0]
        place = subject.loaded.locate(field)
    return field.partition("#")[0], place.start if place else 0, ""


def _fix(remark: Remark, subject: Subject) -> Fix | None:
    """The rewriting of exactly the characters that are meant; None if they do not stand side by side in the file."""
    if remark.passage is None or remark.replacement is None:
        return None
    stretch = remark.passage.stretch(remark.start, remark.end)
    if stretch is None:
        return None
    start, end = stretch
    written = subject.sources[remark.passage.file][start:end]
    if written != remark.passage.text[remark.start : remark.end]:
        return None
    return Fix(remark.passage.file, start, end, remark.replacement)
