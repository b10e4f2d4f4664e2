"""What is uneven in an outline, and is not in the content made from it: padded names, stray rules, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huikan.importers.draft import Ledger
from huikan.importers.line_marks import bare_line
from huikan.importers.outline_grammar import is_header_row, is_rule, labelled, part_name
from huikan.importers.outline_parts import Listed, Outline
from huikan.importers.outline_rows import header_of
from huikan.importers.outline_sessions import SessionDraft
from huikan.importers.source_text import SourceLine, compact, is_latin


def tell_unevenness(
    outline: Outline, sessions: Sequence[SessionDraft], lines: Sequence[SourceLine], ledger: Ledger
) -> None:
    """Enter into the ledger what the content puts right, each kind once, padded names and stray rules one by one."""
    for line, message in (
        *_padded_names(outline, lines),
        *_gaps_behind_names(outline, lines),
        *_stray_rules(lines),
        *_headings_without_brackets(outline),
        *_labels_in_two_forms(outline),
        *_themes_left_out(outline),
        *_places_of_moderators(sessions),
    ):
        ledger.correct(line, message)


def _listed(outline: Outline) -> Iterator[Listed]:
    for group in outline.host_groups:
        yield from group.people
    for session in outline.sessions:
        yield from session.listed


def _padded_names(outline: Outline, lines: Sequence[SourceLine]) -> Iterator[tuple[int, str]]:
    for listed in _listed(outline):
        name = listed.entry.name
        spread = re.search(r"\s*".join(map(re.escape, compact(name))), lines[listed.line - 1].text)
        if spread and not is_latin(name) and re.search(r"\s", spread.group()):
            yield listed.line, f"the name {compact(name)} is padded: “{spread.group()}”"


def _gaps_behind_names(outline: Outline, lines: Sequence[SourceLine]) -> Iterator[tuple[int, str]]:
    by_gap: dict[str, list[int]] = {"a tab": [], "a space": []}
    for listed in _listed(outline):
        if listed.entry.name and listed.entry.title:
            text = lines[listed.line - 1].text
            kind = "a tab" if "\t" in text else "a space" if re.search(r"\s", text) else ""
            if kind and not (is_latin(text) and re.search("[,(|:]", text)):
                by_gap[kind].append(listed.line)
    fewer, more = sorted(by_gap, key=lambda kind: len(by_gap[kind]))
    if by_gap[fewer]:
        message = f"{fewer} between name and title in {len(by_gap[fewer])} lines, {more} in {len(by_gap[more])}"
        yield by_gap[fewer][0], message


def _is_header(text: str) -> bool:
    return is_header_row(text) or header_of(text) is not None


def _stray_rules(lines: Sequence[SourceLine]) -> Iterator[tuple[int, str]]:
    for index, line in enumerate(lines):
        if line.text and is_rule(line.text) and not (index and _is_header(lines[index - 1].text)):
            yield line.number, f"a stray rule, left over from a table: “{line.text}”"


def _headings_without_brackets(outline: Outline) -> Iterator[tuple[int, str]]:
    bare = [(line, source) for line, source, _ in outline.headed if part_name(line.text) is None]
    if bare and len(bare) < len(outline.headed):
        labels = ", ".join(source.heading.label for _, source in bare)
        yield bare[0][0].number, f"headed without 【】, unlike the other parts: {labels}"


def _labels_in_two_forms(outline: Outline) -> Iterator[tuple[int, str]]:
    differing = []
    for line, source, _ in outline.headed:
        heading = labelled(bare_line(line.text).text)
        here = part_name(line.text) or (heading.label if heading else bare_line(line.text).text)
        if source.in_programme and here != source.heading.label:
            differing.append((line.number, f"“{here}” here, “{source.heading.label}” in line {source.line}"))
    if differing:
        yield differing[0][0], "; ".join(message for _, message in differing)


def _themes_left_out(outline: Outline) -> Iterator[tuple[int, str]]:
    for line, source, rest in outline.headed:
        if source.heading.rest and not rest:
            label = source.heading.label
            yield line.number, f"“{label}” stands without its theme, which the programme has in line {source.line}"


def _places_of_moderators(sessions: Sequence[SessionDraft]) -> Iterator[tuple[int, str]]:
    placed = [
        (session.hosts_last, host.captioned.who.number, host.person.name)
        for session in sessions
        if any(item.captioned for item in session.items)
        for host in session.hosts
        if host.captioned
    ]
    last, first = ([each for each in placed if each[0] is behind] for behind in (True, False))
    if last and first:
        message = f"the moderator {last[0][2]} has a portrait behind those of the speakers, {first[0][2]} before them"
        yield last[0][1], message
