"""Rules of a stylesheet, one by one: at-rules, selectors, properties and values that its readers do not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import tinycss2

from huikan.finding import Finding, Severity
from huikan.render.css import judgement
from huikan.render.css.sheets import FACES, Face, Sheet
from huikan.render.css.spelling import is_slip_of, nearest
from huikan.render.vocabulary import known_classes
from huikan.resources import builtin

_DESCRIBED = frozenset({"font-face", "counter-style", "color-profile"})
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_LONGEST = 40
_SCREEN_RULES = judgement.AT_RULES | judgement.LOST_IN_PRINT | judgement.FOR_SCREENS


def rule_findings(sheet: Sheet) -> Iterator[Finding]:
    """What is not known in the rules of a sheet. Of sheets that browsers read, only what is surely a slip."""
    yield from _Judge(sheet).rules(sheet.rules, for_print=Face.PRINT in sheet.faces)


@cache
def _classes() -> frozenset[str]:
    """The classes that laid-out pages may have: those of the vocabulary, and those that only built-in sheets name."""
    names = [name for name, faces in FACES.items() if Face.PRINT in faces]
    texts = (path.read_text(encoding="utf-8") for name in names for path in builtin("styles").rglob(name))
    return known_classes().union(*(_CLASS.findall(text) for text in texts))


def _is_prefixed(value: Iterable[Any]) -> bool:
    """Whether a value is meant for one browser: `-webkit-box`."""
    return any(
        token.type in {"ident", "function"}
        and not token.serialize().startswith("--")
        and token.serialize().startswith("-")
        for token in value
    )


class _Judge:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.base = sheet.path.resolve().as_uri()

    def rules(self, rules: Iterable[Any], *, for_print: bool) -> Iterator[Finding]:
        is_head = True
        for rule in rules:
            if rule.type == "error":
                yield self._unread(rule, "this is no rule", "write SELECTOR { PROPERTY: VALUE; }")
            elif rule.type == "qualified-rule":
                if for_print:
                    yield from self._selector(rule)
                yield from self._block(rule, for_print=for_print)
            elif rule.type == "at-rule":
                yield from self._at_rule(rule, for_print=for_print, is_head=is_head)
            is_head = is_head and getattr(rule, "lower_at_keyword", "") in {"import", "charset", "layer"}

    def _at_rule(self, rule: Any, *, for_print: bool, is_head: bool) -> Iterator[Finding]:
        keyword = rule.lower_at_keyword
        if keyword == "import":
            if not is_head:
                yield self._unread(rule, "this @import has no effect", "move it above all other rules")
        elif keyword in {"media", "layer", *judgement.LOST_IN_PRINT}:
            if for_print and keyword in judgement.LOST_IN_PRINT:
                yield self._unread(
                    rule, f"what stands in @{keyword} is not printed", "write the rules without it, or in screen.css"
                )
                for_print = False
            if for_print and keyword == "media":
                holds = judgement.is_for_print(rule.prelude)
                if holds is None:
                    yield self._unread(
                        rule,
                        f"@media {tinycss2.serialize(rule.prelude).strip()} is not printed",
                        "write @media print, or the rules without @media; conditions are for screen.css",
                    )
                for_print = bool(holds)
            yield from self.rules(
                tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True),
                for_print=for_print,
            )
        elif keyword == "page":
            if for_print and not judgement.page_selector_is_known(rule):
                yield self._unread(
                    rule,
                    f"there are no pages '{tinycss2.serialize(rule.prelude).strip()}'",
                    "write @page, :left, :right, :first, :blank, a name, or :nth(2)",
                )
            yield from self._block(rule, for_print=for_print, boxes=for_print)
        elif keyword in _DESCRIBED:
            if for_print:
                yield from self._descriptors(rule)
        elif keyword not in _SCREEN_RULES and not keyword.startswith("-"):
            near = nearest(keyword, _SCREEN_RULES)
            if for_print or is_slip_of(keyword, _SCREEN_RULES):
                known = f"known here: {', '.join(f'@{each}' for each in sorted(judgement.AT_RULES))}"
                hint = f"did you mean '@{near}'?" if near else known
                yield self._unread(rule, f"there is no rule '@{rule.at_keyword}'", hint)

    def _selector(self, rule: Any, *, nested: bool = False) -> Iterator[Finding]:
        if any(token == "&" for token in rule.prelude):
            return
        start = next((at for at, token in enumerate(rule.prelude) if token.type != "whitespace"), 0)
        is_relative = nested and any(rule.prelude[start : start + 1] == [mark] for mark in ">+~")
        fault = judgement.selector_fault(rule.prelude[start + 1 :] if is_relative else rule.prelude)
        if fault:
            yield self._finding("HK064", *fault, rule)
            return
        for before, token in zip(rule.prelude, rule.prelude[1:], strict=False):
            if before == "." and token.type == "ident" and token.value not in _classes():
                near = nearest(token.value, _classes())
                hint = f"did you mean '.{near}'?" if near else "docs/vocabulary.md lists the classes that there are"
                message = f"nothing in print has the class {token.value!r}"
                yield self._finding("HK068", Severity.WARNING, message, hint, before)

    def _block(self, rule: Any, *, for_print: bool, boxes: bool = False) -> Iterator[Finding]:
        items = tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True)
        declared = [item for item in items if item.type == "declaration"] if for_print else []
        taken = {item.lower_name for item in declared if self._refusal(item) is None}
        for item in items:
            if item.type == "error":
                yield self._no_declaration(item, rule.content)
            elif item.type == "declaration":
                yield from self._declaration(item, taken, for_print=for_print)
            elif item.type == "qualified-rule":
                if for_print:
                    yield from self._selector(item, nested=True)
                yield from self._block(item, for_print=for_print)
            elif item.type == "at-rule" and boxes:
                if item.lower_at_keyword not in judgement.MARGIN_BOXES:
                    near = nearest(item.lower_at_keyword, judgement.MARGIN_BOXES)
                    hint = f"did you mean '@{near}'?" if near else "write @top-left, @bottom-right, @footnote …"
                    yield self._unread(item, f"a page has no box '@{item.at_keyword}'", hint)
                yield from self._block(item, for_print=for_print)

    def _refusal(self, declaration: Any) -> str | None:
        name = judgement.unprefixed(declaration.lower_name)
        return judgement.refusal(name, declaration.value, self.base)

    def _declaration(self, declaration: Any, taken: set[str], *, for_print: bool) -> Iterator[Finding]:
        name = judgement.unprefixed(declaration.lower_name)
        if name.startswith("--") or judgement.has_no_effect(name):
            return
        if name not in judgement.known_properties():
            known = judgement.PRINTED if for_print else judgement.known_properties()
            near = nearest(name, known)
            if for_print or is_slip_of(name, known):
                hint = f"did you mean {near!r}?" if near else "look the name up, or delete the line"
                message = f"there is no property {declaration.name!r}"
                yield self._finding("HK065", Severity.WARNING, message, hint, declaration)
        elif for_print and name not in judgement.PRINTED:
            message = f"{declaration.name!r} has no effect in print: the layout engine does not know it"
            yield self._finding("HK065", Severity.NOTE, message, "delete the line", declaration)
        elif (
            for_print
            and (reason := self._refusal(declaration)) is not None
            and (reason == judgement.STUMBLES or (name not in taken and not _is_prefixed(declaration.value)))
        ):
            yield self._wrong_value(declaration, name, reason)

    def _wrong_value(self, declaration: Any, name: str, reason: str) -> Finding:
        value = declaration.value
        written = " ".join(tinycss2.serialize(value).split())
        colon = next((at for at, token in enumerate(value) if token == ":"), 0)
        is_behind = any(token.type not in {"whitespace", "comment"} for token in value[:colon])
        if is_behind and any(token.type == "whitespace" and "\n" in token.value for token in value[:colon]):
            following = next(token for token in reversed(value[:colon]) if token.type != "whitespace")
            before = tinycss2.serialize(value[: value.index(following)]).strip()
            hint = f"end it with a semicolon, {before};, before {tinycss2.serialize([following])}:"
        elif instead := judgement.instead(name, value, self.base):
            hint = f"write {name}: {instead}"
        else:
            hint = f"look up what {name} can be, or delete the line"
        shown = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
        why = f" ({reason})" if reason and reason not in {"invalid value", "there is no value"} else ""
        message = (
            f"{name}: {shown!r} is no value that the layout engine knows{why}"
            if written
            else f"{name}: there is no value"
        )
        severity = Severity.ERROR if reason == judgement.STUMBLES else Severity.WARNING
        return self._finding("HK066", severity, message, hint, declaration)

    def _descriptors(self, rule: Any) -> Iterator[Finding]:
        keyword = rule.lower_at_keyword
        known = judgement.descriptors_of(keyword)
        for item in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
            if item.type == "error":
                yield self._no_declaration(item, rule.content)
            if item.type != "declaration":
                continue
            if item.lower_name not in known:
                near = nearest(item.lower_name, known)
                hint = f"did you mean {near!r}?" if near else f"known here: {', '.join(sorted(known))}"
                message = f"@{keyword} has no descriptor {item.name!r}"
                yield self._finding("HK065", Severity.WARNING, message, hint, item)
            elif (
                item.lower_name != "font-display"
                and judgement.descriptor_refusal(keyword, item.lower_name, item.value, self.base) is not None
            ):
                value = tinycss2.serialize(item.value).strip()
                message = f"{item.lower_name}: {value!r} is no value that the layout engine knows"
                hint = f"look up what {item.lower_name} of @{keyword} can be"
                yield self._finding("HK066", Severity.WARNING, message, hint, item)

    def _no_declaration(self, error: Any, content: Sequence[Any]) -> Finding:
        """The finding about what is no declaration, at its beginning; the parser tells where it stopped."""
        places = [(token.source_line, token.source_column) for token in content]
        here = (error.source_line, error.source_column)
        stop = places.index(here) if here in places else len(places) - 1
        end = stop if content[stop] == ";" else stop + 1
        start = next(
            (at + 1 for at in range(end - 1, -1, -1) if content[at] == ";" or content[at].type == "{} block"), 0
        )
        piece = [token for token in content[start:end] if token.type != "comment"]
        while piece and piece[0].type == "whitespace":
            del piece[0]
        written = " ".join(tinycss2.serialize(piece).split())
        hint = "write PROPERTY: VALUE;"
        if "//" in written:
            hint = "write a comment as /* … */"
        elif "：" in written:
            hint = f"write {written.replace('：', ': ')}; with a half-width colon"
        elif len(piece) > 1 and piece[0].type == "ident" and piece[0].lower_value in judgement.known_properties():
            hint = f"write a colon behind the property: {piece[0].value}: {tinycss2.serialize(piece[1:]).strip()};"
        shown = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
        return self._unread(piece[0] if piece else error, f"{shown!r} is no declaration", hint)

    def _unread(self, node: Any, message: str, hint: str) -> Finding:
        return self._finding("HK064", Severity.WARNING, message, hint, node)

    def _finding(self, code: str, severity: Severity, message: str, hint: str, node: Any) -> Finding:
        return Finding(code, severity, message, hint, self.sheet.file, node.source_line, node.source_column)
