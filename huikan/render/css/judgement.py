"""The one door to what the layout engine knows of CSS: whether it takes a declaration, a selector, an at-rule.

The private names were read in the version that `huikan.render.layout.KNOWN_VERSION` gives; import this module only
with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import cssselect2
from pygments.lexers import css as pygments_css
from tinycss2 import ast, serialize
from weasyprint.css import PAGE_MARGIN_BOXES, PSEUDO_ELEMENTS, parse_page_selectors, validation
from weasyprint.css.media_queries import evaluate_media_query, parse_media_query
from weasyprint.css.tokens import InvalidValues, remove_whitespace
from weasyprint.css.validation.descriptors import DESCRIPTORS
from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PREFIX, PROPERTIES, validate_non_shorthand

from huikan.finding import Severity
from huikan.render.css.spelling import nearest
from huikan.render.document import engine_messages

STUMBLES = "the layout engine fails over it"
"""Why a value is refused of which nothing else is made."""
RULES_HELD = frozenset({"media", "layer"})
"""At-rules of the engine that hold rules."""
AT_RULES = frozenset({"import", "page", "font-face", "color-profile", "counter-style", "charset", *RULES_HELD})
LOST_IN_PRINT = frozenset({"supports", "container", "scope", "starting-style"})
"""At-rules of browsers that hold rules, which the engine leaves out."""
FOR_SCREENS = frozenset(
    {"keyframes", "-webkit-keyframes", "namespace", "property", "font-feature-values", "font-palette-values"}
    | {"view-transition", "position-try", "viewport"}
)
"""At-rules of browsers that say nothing of a printed page."""
_PSEUDO_CLASSES = (
    *(
        "active",
        "checked",
        "disabled",
        "empty",
        "enabled",
        "first-child",
        "first-of-type",
        "focus",
        "has",
        "hover",
        "is",
    ),
    *("lang", "last-child", "last-of-type", "link", "not", "nth-child", "nth-last-child", "nth-last-of-type"),
    *("nth-of-type", "only-child", "only-of-type", "root", "scope", "target", "visited", "where"),
)
_FULL_WIDTH = str.maketrans("：；，（）｛｝“”‘’。％＃", ":;,(){}\"\"''.%#")


MARGIN_BOXES: frozenset[str] = PAGE_MARGIN_BOXES
PRINTED = frozenset({*EXPANDERS, *PROPERTIES})
"""Properties that the engine prints."""
_SILENT = frozenset(validation.NOT_PRINT_MEDIA)
_NEWER = frozenset(
    {
        *("backdrop-filter", "font-width", "interpolate-size", "paint-order", "position-area", "text-autospace"),
        *("text-box-trim", "text-size-adjust", "text-spacing-trim", "text-wrap-mode", "text-wrap-style"),
        *("view-transition-name", "white-space-collapse", "zoom"),
    }
)
"""Properties of browsers that are younger than Pygments' list."""
_OF_BROWSERS = _NEWER.union(getattr(pygments_css, "_css_properties", ()))
_KEYWORDS = frozenset(
    word
    for name in ("_keyword_values", "_other_keyword_values", "_color_keywords")
    for word in getattr(pygments_css, name, ())
)
_GENERAL = frozenset({"unset", "revert", "revert-layer"})
"""Values of every property in browsers; the engine knows `initial` and `inherit` alone."""
_CHINESE_SIZES = {
    **{"初号": "42pt", "小初": "36pt", "一号": "26pt", "小一": "24pt", "二号": "22pt", "小二": "18pt", "三号": "16pt"},
    **{
        "小三": "15pt",
        "四号": "14pt",
        "小四": "12pt",
        "五号": "10.5pt",
        "小五": "9pt",
        "六号": "7.5pt",
        "小六": "6.5pt",
    },
}
"""Sizes of type by their names in Word."""
_UNITS = ("pt", "mm", "cm", "in", "px", "em", "rem", "%")
_SPACED_UNIT = re.compile(rf"(\d)\s+({'|'.join(_UNITS)})(?![\w-])")


@cache
def known_properties() -> frozenset[str]:
    """Every property of the engine and of browsers."""
    return PRINTED | _SILENT | _OF_BROWSERS


def has_no_effect(name: str) -> bool:
    """Whether a property is one of browsers that the engine does not print and says nothing of."""
    return name in _SILENT or (name.startswith("-") and not name.startswith(PREFIX))


def unprefixed(name: str) -> str:
    """A property without the engine's own prefix."""
    return name.removeprefix(PREFIX)


def refusal(name: str, value: Sequence[Any], base: str) -> str | None:
    """Why the engine does not take a property's value, in its words; None if it does. `base` is the sheet's URL."""
    tokens = remove_whitespace(value)
    validate: Callable[..., Any] = EXPANDERS.get(name, validate_non_shorthand)
    return _refusal(lambda: list(validate(tokens, name, base)) if tokens else None, tokens)


def descriptor_refusal(rule: str, name: str, value: Sequence[Any], base: str) -> str | None:
    """The same of a descriptor of an at-rule such as `font-face`."""
    tokens, function = remove_whitespace(value), DESCRIPTORS[rule][name]
    given = (tokens, base) if function.wants_base_url else (tokens,)
    return _refusal(lambda: function(*given), tokens)


def descriptors_of(rule: str) -> frozenset[str]:
    """The descriptors that the engine knows of an at-rule, and those that only screens need."""
    return frozenset(DESCRIPTORS[rule]) | {"font-display"}


def _refusal(judge: Callable[[], Any], tokens: Sequence[Any]) -> str | None:
    if not tokens:
        return "there is no value"
    try:
        with engine_messages():
            taken = judge()
    except InvalidValues as error:
        return str(error.args[0]) if error.args and error.args[0] else ""
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError):
        return STUMBLES
    return "" if taken is None else None


def instead(name: str, value: Sequence[Any], base: str) -> str:
    """The value to write, where one slip explains why the engine does not take it; empty otherwise."""
    return next((each for each in _corrected(value) if refusal(name, _parsed(each), base) is None), "")


def page_selector_is_known(rule: Any) -> bool:
    """Whether the engine reads the selector of an `@page` rule."""
    return parse_page_selectors(rule) is not None


def is_for_print(prelude: Sequence[Any]) -> bool | None:
    """Whether a media query holds for print; None if the engine does not read it."""
    with engine_messages():
        media = parse_media_query(prelude)
    return None if media is None else bool(evaluate_media_query(media, "print"))


def pseudo_elements() -> list[str]:
    """Those that the engine knows."""
    return sorted(each for each in PSEUDO_ELEMENTS if each)


def selector_fault(prelude: Sequence[Any]) -> tuple[Severity, str, str] | None:
    """What is wrong in a selector, and what to write instead; None if nothing is."""
    written = " ".join(serialize(prelude).split())
    message = f"the selector {written!r} cannot be read"
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError as error:
        return Severity.WARNING, message, _selector_hint(written, error)
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError):
        return Severity.ERROR, f"{message}: {STUMBLES}", "correct it: close each bracket by one of its own kind"
    for selector in selectors:
        name = selector.pseudo_element
        if name not in PSEUDO_ELEMENTS and not name.startswith("-"):
            return Severity.WARNING, f"there is no pseudo-element '::{name}'", _meant(name, pseudo_elements(), "::")
    return None


def _selector_hint(written: str, error: Exception) -> str:
    if written.startswith("//") or " //" in written:
        return "write a comment as /* … */"
    if error.args and error.args[0] == "Unknown pseudo-class":
        return _meant(str(error.args[1]), _PSEUDO_CLASSES, ":")
    if found := re.search(r"::([\w-]+)", written):
        near = nearest(found[1], pseudo_elements())
        if near and near != found[1]:
            return f"did you mean '::{near}'?"
    if (plain := written.translate(_FULL_WIDTH)) != written:
        return f"write it with half-width marks: {plain}"
    if written.endswith(",") or ",," in written.replace(" ", ""):
        return "delete the comma that no selector follows"
    return "write elements and classes of docs/vocabulary.md: h3.speaker, table.people > tbody"


def _meant(word: str, known: Iterable[str], mark: str) -> str:
    names = list(known)
    near = nearest(word, names)
    return f"did you mean '{mark}{near}'?" if near else f"known here: {', '.join(mark + name for name in names)}"


def _corrected(value: Sequence[Any]) -> Iterable[str]:
    """The values that one slip may have made this one of."""
    written = serialize(value).strip()
    yield written.translate(_FULL_WIDTH).rstrip(";")
    yield _SPACED_UNIT.sub(r"\1\2", written)
    for at, token in enumerate(value):
        before, after = serialize(value[:at]), serialize(value[at + 1 :])
        words: list[str] = []
        if token.type == "number":
            words = [f"{token.representation}{unit}" for unit in ("pt", "%")]
        elif token.type == "dimension":
            unit = nearest(token.unit, _UNITS)
            words = [f"{token.representation}{unit}"] if unit else []
        elif token.type == "ident":
            size = _CHINESE_SIZES.get(token.value, "")
            general = "initial" if token.lower_value in _GENERAL else ""
            words = [size, general, nearest(token.lower_value, _KEYWORDS)]
        for word in filter(None, words):
            yield f"{before}{word}{after}".strip()


def _parsed(value: str) -> list[Any]:
    from tinycss2 import parse_component_value_list

    with suppress(RecursionError):
        return list(parse_component_value_list(value))
    return [ast.ParseError(1, 1, "nested", "too deep")]
