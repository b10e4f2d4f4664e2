"""A resolved booklet to one semantic HTML document: Jinja, sandboxed, over the publication's and built-in templates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from huikan.compiled import compiled, keep_compiled
from huikan.content.labels import Labels
from huikan.content.resolved import Entry, Phrase, Prose, ResolvedBooklet, ResolvedSession
from huikan.finding import ContentError, Finding, Severity
from huikan.render.contents import contents_of
from huikan.render.cover_title import title_class
from huikan.render.prose import render_prose
from huikan.render.sections import parse_html as parse_html
from huikan.resources import builtin

_MOST_JUDGED = 4096
_TOLD_AT_ONCE = 4096
"""Pieces, most of them a tag or a phrase."""
_METHODS = (MethodType, BuiltinMethodType)
_SPECIAL = re.compile("[&<>'\"]")
"""What is escaped."""


@dataclass(frozen=True, slots=True)
class SecondLanguage:
    """The same booklet in another language, for the bilingual edition."""

    booklet: ResolvedBooklet
    labels: Labels

    def twins(self) -> dict[str, Entry | ResolvedSession]:
        """By anchor, the sessions and appearances in this language."""
        found: dict[str, Entry | ResolvedSession] = {}
        for session in self.booklet.sessions:
            found[session.anchor] = session
            found |= {entry.anchor: entry for entry in session.entries}
        return found


def render_html(
    booklet: ResolvedBooklet,
    labels: Labels,
    template_folders: Sequence[Path],
    written: dt.datetime | None = None,
    second: SecondLanguage | None = None,
    *,
    draft: bool = False,
    told: Callable[[str], None] | None = None,
) -> str:
    """The semantic HTML of one edition's language. `template_folders` are searched in order.

    With `second`, each section says the same in that language after the first.

    A `draft` says of each person's part whether it is approved. Whoever is `told` has each part as soon as it is made.

    `written` is the moment that the files made from it state, the event's day unless given.

    Raises ContentError for a template that is broken or reaches outside its sandbox.
    """
    environment = _environment(tuple(template_folders))
    twins = second.twins() if second else {}
    environment.globals.update(
        attrs=attrs,
        title_class=title_class,
        words=words,
        lang=lang_attribute,
        prose=render_prose,
        twin=lambda item: twins.get(item.anchor),
    )
    given = {
        "booklet": booklet,
        "labels": labels,
        "second": second.booklet if second else None,
        "second_labels": second.labels if second else None,
        "toc": contents_of(booklet, labels),
        "draft": draft,
        **_metadata(booklet, labels, written),
    }
    try:
        pieces = environment.get_template("booklet.html.j2").generate(given)
        return "".join(pieces if told is None else _telling(pieces, told))
    except ContentError:
        raise
    except Exception as error:  # a template may make anything fail that it is given
        failures = _failures(error, environment, template_folders, given)
        if not failures:
            raise
        raise ContentError(failures) from error


def _failures(
    error: Exception, environment: Sandbox, template_folders: Sequence[Path], given: Mapping[str, object]
) -> list[Finding]:
    """What failed, and whatever else is wrong in the publication's templates; nothing if no template is to blame."""
    from huikan.render.template_faults import failure_finding, template_findings

    failure = failure_finding(error, environment, template_folders, {*given, *environment.globals})
    if failure is None:
        return []
    others = [each for each in template_findings(environment, template_folders) if each.severity is Severity.ERROR]
    places = {(each.file, each.line) for each in others}
    return [*others, *([failure] if (failure.file, failure.line) not in places else [])]


def template_problems(template_folders: Sequence[Path]) -> list[Finding]:
    """What is wrong in the publication's own templates, as far as it shows without filling them in."""
    if all(folder == builtin("templates") for folder in template_folders):
        return []
    from huikan.render.template_faults import template_findings

    return list(template_findings(_environment(tuple(template_folders)), template_folders))


def _telling(pieces: Iterator[str], told: Callable[[str], None]) -> Iterator[str]:
    while batch := list(islice(pieces, _TOLD_AT_ONCE)):
        text = "".join(batch)
        told(text)
        yield text


@lru_cache(maxsize=8)
def _environment(template_folders: tuple[Path, ...]) -> Sandbox:
    """Templates compiled once in a process; one that is edited meanwhile is compiled again."""
    return Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder, followlinks=False) for folder in template_folders]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        bytecode_cache=_CompiledTemplates(),
    )


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's, which judges an attribute once for all objects of a type: it looks at nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._judged: dict[tuple[type, str], bool] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's, in fewer steps for what is no method and was judged safe before."""
        if self._judged.get((type(obj), attribute)):
            value = getattr(obj, attribute, None)
            if value is not None and not isinstance(value, _METHODS):
                return value
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """As Jinja's, in fewer steps for the functions that are given to templates here."""
        if id(__obj) in _OWN:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether templates may see that attribute."""
        safe = self._judged.get((type(obj), attr))
        if safe is None:
            if len(self._judged) >= _MOST_JUDGED:
                self._judged.clear()
            safe = self._judged[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return safe


class _CompiledTemplates(BytecodeCache):
    """The built-in templates as they were compiled before: compiling them takes as long as filling them in."""

    def __init__(self) -> None:
        self._builtin = builtin("templates")
        self._kept: set[str] = set()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        key = super().get_cache_key(name, filename)
        if filename and Path(filename).is_relative_to(self._builtin):
            self._kept.add(key)
        return key

    def load_bytecode(self, bucket: Bucket) -> None:
        code = compiled(f"template-{bucket.key}") if bucket.key in self._kept else None
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            keep_compiled(f"template-{bucket.key}", bucket.bytecode_to_string())


def attrs(phrase: Phrase) -> Markup:
    """The attributes of an element that holds `phrase`: its content field, or for derived words their sources."""
    said = ""
    if phrase.field:
        said = f' data-field="{_escaped(phrase.field)}"'
    elif phrase.sources:
        said = f' data-derived="{_escaped(" ".join(phrase.sources))}"'
    said += f' lang="{_escaped(phrase.language)}"'
    if phrase.untranslated:
        said += f' data-untranslated="{escape(phrase.untranslated)}"'
    return Markup(said)


def words(phrase: Phrase) -> Markup:
    """The words of a phrase; parts are marked so that lines break well between them."""
    if len(phrase.parts) == 1:
        return escape(phrase.parts[0])
    parts = [f'<span class="part">{_escaped(part)}</span>' for part in phrase.parts]
    return Markup(_escaped(phrase.joiner).join(parts))


def lang_attribute(prose: Prose) -> Markup:
    """The language of a prose field, as an attribute."""
    missing = Markup(' data-untranslated="{}"').format(prose.language) if prose.untranslated else Markup("")
    return Markup(' lang="{}"').format(prose.language) + missing


_OWN = frozenset(map(id, (attrs, words, lang_attribute, title_class, render_prose)))
"""Functions that templates are given, which need to know nothing of the template."""


def _escaped(text: str) -> str:
    return str(escape(text)) if _SPECIAL.search(text) else text


def _metadata(booklet: ResolvedBooklet, labels: Labels, written: dt.datetime | None) -> dict[str, Any]:
    separator = labels["list.separator"]
    bodies = [member.text for group in booklet.organisers for member in group.members]
    hosts = [member.text for group in booklet.organisers[:1] for member in group.members]
    parts = (booklet.series, booklet.title, booklet.kind)
    return {
        "document_title": " ".join(part.text for part in parts if part),
        "authors": separator.join(hosts) or booklet.title.text,
        "description": " ".join(part.text for part in (booklet.date_words, booklet.venue) if part),
        "keywords": ",".join([labels["document"], *bodies]),
        "created": booklet.date.isoformat() if written is None else written.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
