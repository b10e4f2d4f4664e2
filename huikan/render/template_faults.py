"""What is wrong in a publication's own templates, told at the line of the template."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from huikan.content.labels import Labels
from huikan.content.problems import suggestion
from huikan.finding import Finding, Severity
from huikan.render.css.readable import unreadable
from huikan.resources import builtin

_HERE = "templates"
_NO_ATTRIBUTE = re.compile(r"'([\w.]+)\.(\w+) object' has no attribute '([^']+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_UNKNOWN = re.compile(r"(?:No (filter|test) named|unknown (tag)) '(\w+)'")
_LOADING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_TAGS = ("block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro", "raw", "set", "with")
_OF_VOCABULARY = re.compile(r"(?:class '([\w-]+)' of )?<([\w-]+)>")


def own_templates(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """The publication's own templates with their names, of the template `folders` of its design."""
    return [
        (path.relative_to(folder).as_posix(), path)
        for folder in folders
        if folder != builtin(_HERE)
        for path in sorted(folder.rglob("[!.]*.j2"))
        if path.is_file()
    ]


def template_findings(environment: Environment, folders: Sequence[Path]) -> Iterator[Finding]:
    """What is wrong in own templates without filling them in: their syntax, filters, templates that are not there.

    A template that nothing includes is told as well.
    """
    own, texts = own_templates(folders), {}
    for name, path in own:
        if problem := unreadable(path, f"{_HERE}/{name}"):
            yield replace(problem, severity=Severity.WARNING)  # those that are read were looked at before
        else:
            texts[name] = path.read_text(encoding="utf-8-sig")
    known = set(environment.list_templates()) if own else set()
    computed = False
    for name, text in texts.items():
        try:
            environment.compile(text, name, name)
            tree = environment.parse(text, name, name)
        except TemplateSyntaxError as error:
            yield syntax_finding(error, environment)
            continue
        for node in tree.find_all(_LOADING):
            wanted = _names(node.template)  # type: ignore[attr-defined]
            computed = computed or wanted is None
            if wanted and not getattr(node, "ignore_missing", False) and not known.intersection(wanted):
                yield _missing(wanted, known, f"{_HERE}/{name}", node.lineno)
    replaced = {path.relative_to(builtin(_HERE)).as_posix() for path in builtin(_HERE).rglob("*.j2")}
    for name in texts if not computed else ():
        if name not in replaced and not any(name in text for other, text in texts.items() if other != name):
            hint = suggestion(name, replaced)
            told = hint if hint.startswith("did you mean") else "include it in a template that is read, or delete it"
            yield Finding("HK026", Severity.WARNING, "no template includes this one", told, f"{_HERE}/{name}", 1, 1)


def _names(expression: nodes.Expr) -> list[Any] | None:
    """The templates that an expression names; None if it works a name out."""
    if isinstance(expression, nodes.Const):
        return [expression.value]
    if isinstance(expression, (nodes.List, nodes.Tuple)):
        names = [each.value for each in expression.items if isinstance(each, nodes.Const)]
        return names if len(names) == len(expression.items) else None
    return None


def syntax_finding(error: TemplateSyntaxError, environment: Environment) -> Finding:
    """The finding about a template that cannot be read."""
    file = f"{_HERE}/{error.name}" if error.name else ""
    hint = _known_words(str(error.message), environment) or "write {{ VALUE }}, or {% if … %} … {% endif %}"
    return Finding("HK092", Severity.ERROR, f"template: {error.message}", hint, file, error.lineno, 1)


def failure_finding(
    error: Exception, environment: Environment, folders: Sequence[Path], names: Iterable[str]
) -> Finding | None:
    """The finding about a template that failed while it was filled in with `names`; None if no template did."""
    if isinstance(error, TemplateSyntaxError):
        return syntax_finding(error, environment)
    place = _place(error.__traceback__, folders)
    if place is None:
        return None
    file, line, is_own = place
    if not is_own and not isinstance(error, (TemplateError, SecurityError, KeyError)):
        return None  # it is no editor's template that failed
    if isinstance(error, TemplateNotFound):
        return _missing(
            error.templates if hasattr(error, "templates") else [error.name], environment.list_templates(), file, line
        )
    message = str(error)
    if isinstance(error, RecursionError):
        return _failed("it includes itself without end", "take the include out, or end it by a condition", file, line)
    label = _NO_ATTRIBUTE.search(message)
    if isinstance(error, KeyError) or (label and label[2] == Labels.__name__):
        name = repr(label[3]) if label else message
        return Finding(
            "HK093", Severity.ERROR, f"template: no label {name}", "add it to templates/i18n/*.yaml", file, line, 1
        )
    if label:
        kind = getattr(sys.modules.get(label[1]), label[2], None)
        hint = suggestion(label[3], [each for each in dir(kind) if not each.startswith("_")])
        return _failed(f"{label[2]} has no attribute {label[3]!r}", hint, file, line)
    if undefined := _UNDEFINED.search(message):
        return _failed(message, suggestion(undefined[1], names), file, line)
    return _failed(message, _known_words(message, environment), file, line)


def with_places(findings: Iterable[Finding], folders: Sequence[Path]) -> tuple[Finding, ...]:
    """Findings about forms that the vocabulary does not have, at the line of the own template that writes them."""
    return tuple(_with_place(each, folders) if each.code == "HK094" and not each.file else each for each in findings)


def _with_place(finding: Finding, folders: Sequence[Path]) -> Finding:
    form = _OF_VOCABULARY.search(finding.message)
    if form is None:
        return finding
    pattern = (
        rf"class=\"[^\"]*(?<![\w-]){re.escape(form[1])}(?![\w-])" if form[1] else rf"<{re.escape(form[2])}(?![\w-])"
    )
    for name, path in own_templates(folders):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        if found := re.search(pattern, text):
            line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
            return replace(finding, file=f"{_HERE}/{name}", line=line, column=column)
    return finding


def _place(traceback: TracebackType | None, folders: Sequence[Path]) -> tuple[str, int, bool] | None:
    """The file and line of the template that failed, the last of the publication's own, else the last; whether own."""
    found: dict[bool, tuple[str, int, bool]] = {}
    while traceback is not None:
        path = Path(traceback.tb_frame.f_code.co_filename)
        for folder in folders:
            if path.suffix == ".j2" and path.is_relative_to(folder):
                name = path.relative_to(folder).as_posix()
                is_own = folder != builtin(_HERE)
                found[is_own] = f"{_HERE}/{name}", traceback.tb_lineno, is_own
        traceback = traceback.tb_next
    return found.get(True) or found.get(False)


def _missing(names: Sequence[Any], known: Iterable[str], file: str, line: int) -> Finding:
    words = " or ".join(repr(str(name)) for name in names)
    return _failed(f"there is no template {words}", suggestion(str(names[0]), known), file, line)


def _failed(message: str, hint: str, file: str, line: int) -> Finding:
    return Finding("HK092", Severity.ERROR, f"template: {message}", hint or "correct the line", file, line, 1)


def _known_words(message: str, environment: Environment) -> str:
    """What may stand in place of an unknown filter, test or tag that a message is about."""
    unknown = _UNKNOWN.search(message)
    if unknown is None:
        return ""
    known = {"filter": environment.filters, "test": environment.tests}.get(unknown[1] or "", _TAGS)
    return suggestion(unknown[3], known)
