"""The closed vocabulary of the semantic HTML: what an element means, and the Word style that says the same.

Rules are tried from the top; the first whose selector matches wins. A selector is a chain of `tag.class` steps
joined by spaces, each an ancestor of the next, as in CSS. An element that no rule matches is an error, and so is
a class that no rule and no layout name mentions: nothing is dropped silently from a face.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

from huikan.finding import ContentError, Finding, Severity


class Kind(Enum):
    """How an element is set in any face."""

    CONTAINER = auto()
    """No meaning of its own: walked through."""
    PAGE = auto()
    """Begins a page."""
    PARAGRAPH = auto()
    """A paragraph of words; within another, what follows the words above it in a paragraph of its own."""
    INLINE = auto()
    """Words inside a paragraph."""
    LIST = auto()
    ITEM = auto()
    TABLE = auto()
    ROWS = auto()
    ROW = auto()
    CELL = auto()
    COLUMNS = auto()
    """Short lines that stand in columns."""
    FIGURE = auto()
    PICTURE = auto()
    CONTENTS = auto()
    """The table of contents: a field in Word."""
    CONTENTS_LINE = auto()
    LINK = auto()
    PAGE_REFERENCE = auto()
    """The page on which an anchor stands: comes late, in each face."""
    NUMBER = auto()
    """The number of a caption: a sequence field in Word."""
    FOOTNOTE = auto()
    LINE = auto()
    """Words that take a line of their own; the blank between two such lines is their break."""
    LINE_BREAK = auto()
    RULE = auto()
    DECORATION = auto()
    """Drawn, never read."""
    METADATA = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """What elements that `selector` matches are, and their Word style (a character style for inline kinds)."""

    selector: str
    kind: Kind
    style: str = ""


SVG = "{http://www.w3.org/2000/svg}svg"

RULES: tuple[Rule, ...] = (
    Rule("head", Kind.METADATA),
    Rule("title", Kind.METADATA),
    Rule("meta", Kind.METADATA),
    Rule("link", Kind.METADATA),
    Rule("style", Kind.METADATA),
    Rule("html", Kind.CONTAINER),
    Rule("body", Kind.CONTAINER),
    # Cover and front matter
    Rule("section.cover", Kind.PAGE),
    Rule("section.title-page", Kind.PAGE),
    Rule("section.imprint", Kind.PAGE),
    Rule("section.back-cover", Kind.PAGE),
    Rule("section.notes", Kind.PAGE),
    Rule("p.notes-heading", Kind.PARAGRAPH, "Quiet Text"),
    Rule("section.cover h1.title", Kind.PARAGRAPH, "Title"),
    Rule("section.cover p.series", Kind.PARAGRAPH, "Cover Series"),
    Rule("section.cover p.kind", Kind.PARAGRAPH, "Cover Subtitle"),
    Rule("section.cover p.date", Kind.PARAGRAPH, "Cover Date"),
    Rule("section.cover p.venue", Kind.PARAGRAPH, "Cover Venue"),
    Rule("section.title-page p.title", Kind.PARAGRAPH, "Title Page Title"),
    Rule("section.cover h1.title span.part", Kind.LINE),
    Rule("section.title-page p.title span.part", Kind.LINE),
    Rule("p.series", Kind.PARAGRAPH, "Series"),
    Rule("p.kind", Kind.PARAGRAPH, "Subtitle"),
    Rule("span.document", Kind.INLINE),
    Rule("p.subtitle", Kind.PARAGRAPH, "Subtitle"),
    Rule("section.title-page p.translated-title", Kind.PARAGRAPH, "Title Page Translation"),
    Rule("p.translated-title", Kind.PARAGRAPH, "Translated Title"),
    Rule("p.date", Kind.PARAGRAPH, "Event Date"),
    Rule("p.venue", Kind.PARAGRAPH, "Event Venue"),
    Rule("dl.organisers", Kind.CONTAINER),
    Rule("dl.organisers dt", Kind.PARAGRAPH, "Organiser Role"),
    Rule("dl.organisers dd", Kind.PARAGRAPH, "Organiser"),
    Rule("p.imprint-heading", Kind.PARAGRAPH, "Imprint Heading"),
    Rule("dl.imprint-lines", Kind.CONTAINER),
    Rule("dl.imprint-lines dt", Kind.PARAGRAPH, "Imprint Label"),
    Rule("dl.imprint-lines dd", Kind.PARAGRAPH, "Imprint Text"),
    # Contents
    Rule("nav.toc", Kind.PAGE),
    Rule("nav.toc h2.heading", Kind.PARAGRAPH, "TOC Heading"),
    Rule("nav.toc ol ol", Kind.CONTENTS),
    Rule("nav.toc ol", Kind.CONTENTS),
    Rule("nav.toc ol ol li", Kind.CONTENTS_LINE, "TOC 2"),
    Rule("nav.toc li", Kind.CONTENTS_LINE, "TOC 1"),
    Rule("nav.toc a", Kind.LINK),
    # Sections
    Rule("section.introduction", Kind.PAGE),
    Rule("section.programme", Kind.PAGE),
    Rule("section.speakers", Kind.PAGE),
    Rule("section.session", Kind.PAGE),
    Rule("section.index", Kind.PAGE),
    Rule("section.report", Kind.CONTAINER),
    Rule("h2.heading", Kind.PARAGRAPH, "Heading 1"),
    Rule("h2.heading span.label", Kind.INLINE),
    Rule("h2.heading span.theme", Kind.PARAGRAPH, "Session Theme"),
    # Programme
    Rule("section.agenda-day", Kind.CONTAINER),
    Rule("section.agenda-session", Kind.CONTAINER),
    Rule("h3.day", Kind.PARAGRAPH, "Programme Day"),
    Rule("h3.agenda-heading", Kind.PARAGRAPH, "Programme Session"),
    Rule("tr.group span.theme", Kind.INLINE, "Group Theme"),
    Rule("span.label", Kind.INLINE),
    Rule("span.theme", Kind.INLINE),
    Rule("p.ordinal", Kind.DECORATION),
    Rule("p.agenda-place", Kind.PARAGRAPH, "Programme Place"),
    Rule("p.agenda-hosts", Kind.PARAGRAPH, "Programme Hosts"),
    Rule("span.time", Kind.INLINE),
    Rule("span.room", Kind.INLINE),
    Rule("span.track", Kind.INLINE),
    Rule("span.agenda-label", Kind.INLINE, "Label"),
    Rule("span.host-name", Kind.INLINE),
    Rule("span.scope", Kind.INLINE, "Quiet"),
    Rule("span.tag", Kind.INLINE, "Tag"),
    Rule("span.topic", Kind.INLINE, "Topic"),
    Rule("table.hosts", Kind.TABLE, "Name Table"),
    Rule("table.agenda", Kind.TABLE, "Name Table"),
    Rule("table.people", Kind.TABLE, "Name Table"),
    Rule("tr.group", Kind.ROW),
    Rule("tr.group th", Kind.CELL, "Table Group"),
    Rule("thead th.page-number", Kind.CELL, "Table Number"),
    Rule("thead th", Kind.CELL, "Table Head"),
    Rule("th.name-column", Kind.CELL, "Table Name"),
    Rule("td.time", Kind.CELL, "Table Text"),
    Rule("td.page-number", Kind.CELL, "Table Number"),
    Rule("span.name", Kind.INLINE),
    Rule("span.person-title", Kind.INLINE),
    # Summaries
    Rule("article.summary", Kind.CONTAINER),
    Rule("h3.speaker", Kind.PARAGRAPH, "Heading 2"),
    Rule("p.approval", Kind.PARAGRAPH, "Approval"),
    Rule("p.speaker-title", Kind.PARAGRAPH, "Speaker Title"),
    Rule("p.speech-topic", Kind.PARAGRAPH, "Speech Topic"),
    Rule("p.no-summary", Kind.PARAGRAPH, "Quiet Text"),
    Rule("figure.portrait", Kind.FIGURE, "Portrait"),
    Rule("figure.figure", Kind.FIGURE, "Figure"),
    Rule("figcaption", Kind.PARAGRAPH, "Caption"),
    Rule("figcaption span.number", Kind.NUMBER, "Caption Number"),
    Rule("figcaption span.line", Kind.INLINE),
    Rule("div.prose", Kind.CONTAINER),
    # Report
    Rule("p.report-label", Kind.PARAGRAPH, "Report Label"),
    Rule("h3.report-title", Kind.PARAGRAPH, "Report Title"),
    Rule("p.report-second", Kind.PARAGRAPH, "Speaker Title"),
    Rule("p.report-publisher", Kind.PARAGRAPH, "Speaker Title"),
    Rule("span.report-key", Kind.INLINE, "Label"),
    Rule("h4.findings-heading", Kind.PARAGRAPH, "Heading 3"),
    Rule("ol.findings", Kind.LIST, "List Number"),
    Rule("table.data", Kind.TABLE, "Data Table"),
    # Index
    Rule("p.index-note", Kind.PARAGRAPH, "Quiet Text"),
    Rule("div.index-columns", Kind.COLUMNS),
    Rule("section.index-group", Kind.CONTAINER),
    Rule("p.initial", Kind.PARAGRAPH, "Index Initial"),
    Rule("ul.index-names", Kind.CONTAINER),
    Rule("ul.index-names li", Kind.PARAGRAPH, "Index Name"),
    # Prose, as Markdown makes it
    Rule("span.part", Kind.INLINE),
    Rule("span.footnote", Kind.FOOTNOTE, "Footnote Text"),
    Rule("a.page-ref", Kind.PAGE_REFERENCE, "Page Number"),
    Rule("blockquote p", Kind.PARAGRAPH, "Quote"),
    Rule("blockquote", Kind.CONTAINER),
    Rule("li p", Kind.PARAGRAPH, "List Paragraph"),
    Rule("ol", Kind.LIST, "List Number"),
    Rule("ul", Kind.LIST, "List Bullet"),
    Rule("li", Kind.ITEM),
    Rule("h4", Kind.PARAGRAPH, "Heading 3"),
    Rule("h5", Kind.PARAGRAPH, "Heading 4"),
    Rule("h6", Kind.PARAGRAPH, "Heading 5"),
    Rule("table", Kind.TABLE, "Data Table"),
    Rule("thead", Kind.ROWS),
    Rule("tbody", Kind.ROWS),
    Rule("tr", Kind.ROW),
    Rule("th", Kind.CELL, "Table Head"),
    Rule("td", Kind.CELL, "Table Text"),
    Rule("p", Kind.PARAGRAPH, "Body Text"),
    Rule("strong", Kind.INLINE, "Strong"),
    Rule("em", Kind.INLINE, "Emphasis"),
    Rule("code", Kind.INLINE, "Code"),
    Rule("pre", Kind.PARAGRAPH, "Code Block"),
    Rule("a", Kind.LINK, "Hyperlink"),
    Rule("img", Kind.PICTURE),
    Rule("br", Kind.LINE_BREAK),
    Rule("hr", Kind.RULE),
    Rule(SVG, Kind.DECORATION),
    Rule("span", Kind.INLINE),
    Rule("div", Kind.CONTAINER),
)

LAYOUT_CLASSES = frozenset(
    {
        "bilingual",
        "second",
        "agenda-description",
        "timed",
        "long",
        "longest",
        "flowing",
        "portrait-only",
        "no-photo",
        "data",
        "group",
        "page-number",
        "balance",
        "wide",
    }
)
"""Classes that only the stylesheets read."""


@dataclass(frozen=True, slots=True)
class _Step:
    tag: str
    classes: frozenset[str]

    def matches(self, tag: str, classes: frozenset[str]) -> bool:
        return self.tag == tag and self.classes <= classes


@cache
def _steps(selector: str) -> tuple[_Step, ...]:
    steps = []
    for step in selector.split():
        tag, *classes = [step] if step == SVG else step.split(".")
        steps.append(_Step(tag, frozenset(classes)))
    return tuple(steps)


@cache
def _rules_by_tag() -> dict[str, tuple[Rule, ...]]:
    tags = {_steps(rule.selector)[-1].tag for rule in RULES}
    return {tag: tuple(rule for rule in RULES if _steps(rule.selector)[-1].tag == tag) for tag in tags}


def classes_of(element: Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(element.get("class", "").split())


def rule_for(path: Sequence[Element]) -> Rule | None:
    """The rule of the last element of `path`, which begins at the root; None if the vocabulary has none."""
    return _rule_of(tuple((element.tag, element.get("class", "")) for element in path))


@lru_cache(maxsize=8192)
def _rule_of(path: tuple[tuple[str, str], ...]) -> Rule | None:
    """The rule by tags and classes alone, which many elements of a document have in common."""
    steps = [(tag, frozenset(classes.split())) for tag, classes in path]
    for rule in _rules_by_tag().get(path[-1][0], ()):
        *above, own = _steps(rule.selector)
        if own.matches(*steps[-1]) and _descends(steps[:-1], above):
            return rule
    return None


def _descends(ancestors: Sequence[tuple[str, frozenset[str]]], steps: Sequence[_Step]) -> bool:
    wanted = list(steps)
    for tag, classes in reversed(ancestors):
        if not wanted:
            break
        if wanted[-1].matches(tag, classes):
            wanted.pop()
    return not wanted


@cache
def known_classes() -> frozenset[str]:
    """Every class that templates may use."""
    return LAYOUT_CLASSES.union(*(step.classes for rule in RULES for step in _steps(rule.selector)))


def violations(root: Element) -> list[Finding]:
    """One error for each element and class that the vocabulary does not have; drawings are not looked into."""
    problems: dict[str, Finding] = {}
    for element, kin in _walk(root):
        if kin.rule is None:
            name = f"<{element.tag}>"
            problems[name] = _unknown(name)
        for name in kin.strange_classes:
            problems[name] = _unknown(f"class {name!r} of <{element.tag}>")
    return list(problems.values())


def rules_of(root: Element) -> dict[Element, Rule]:
    """The rule of every element of the tree `root`, but for what is inside drawings.

    Raises ContentError when the vocabulary does not have an element or a class.
    """
    rules: dict[Element, Rule] = {}
    for element, kin in _walk(root):
        if kin.rule is None or kin.strange_classes:
            raise ContentError(violations(root))
        rules[element] = kin.rule
    return rules


class _Kin:
    """What elements of the same tag and classes, in elements that are kin, have in common."""

    def __init__(self, path: tuple[tuple[str, str], ...]) -> None:
        self.rule = _rule_of(path)
        self.strange_classes = sorted(frozenset(path[-1][1].split()) - known_classes())
        self._path = path
        self._below: dict[tuple[str, str], _Kin] = {}

    def of(self, child: Element) -> _Kin:
        """The kin of a child."""
        own = child.tag, child.get("class", "")
        kin = self._below.get(own)
        if kin is None:
            kin = self._below[own] = _Kin((*self._path, own))
        return kin


def _walk(root: Element) -> Iterator[tuple[Element, _Kin]]:
    """Every element, in the order of the document."""
    waiting = [(root, _Kin(((root.tag, root.get("class", "")),)))]
    while waiting:
        element, kin = waiting.pop()
        yield element, kin
        if len(element) and element.tag != SVG:
            waiting += [(child, kin.of(child)) for child in reversed(element) if isinstance(child.tag, str)]


def _unknown(what: str) -> Finding:
    return Finding(
        "HK094", Severity.ERROR, f"template: {what} is not in the vocabulary", "use a form listed in docs/vocabulary.md"
    )
