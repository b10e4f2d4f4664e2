"""Facts: whoever has two entries, and what is listed twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from huikan.check.passages import has_han
from huikan.check.registry import Remark, on, rule
from huikan.check.subject import Subject
from huikan.content.values import Text
from huikan.finding import Severity


@rule("HK127", Severity.WARNING)
def each_has_one_entry(subject: Subject) -> Iterator[Remark]:
    """A person has one entry, and so has an organisation.

    Two people with the same Chinese name, or with the same name in Latin letters where one of them has no Chinese one,
    are mostly one: the title of one of the two entries is not kept up, and both stand in the index. So are two
    organisations of one name, short form or alias. Keep one entry and name its id. Allow the finding where they are
    two, for the reader too: only their titles tell them apart.
    """
    people = subject.publication.people
    chinese: dict[str, str] = {}
    latin: dict[str, list[tuple[str, bool]]] = {}
    for id, person in people.items():
        forms = _forms(person.name)
        han = next((form for form in forms if has_han(form)), "")
        others = [" ".join(sorted(form.casefold().split())) for form in forms if not has_han(form)]
        same = chinese.get(han, "") if han else ""
        for form in others:
            same = same or next((other for other, has_chinese in latin.get(form, ()) if not (han and has_chinese)), "")
            latin.setdefault(form, []).append((id, bool(han)))
        chinese.setdefault(han, id)
        if same:
            titles = "the same title" if _forms(people[same].title) == _forms(person.title) else "another title"
            message = f"{forms[0]} stands in the file twice: as {same}, and with {titles} as {id}"
            yield on(f"people.yaml#{id}", message, "keep one entry; if they are two people, allow it with the reason")
    bodies = subject.publication.organisations
    named: dict[str, str] = {}
    for id, body in bodies.items():
        forms = list(dict.fromkeys([*_forms(body.name), *_forms(body.short), *body.aliases]))
        twice = next((form for form in forms if named.get(form.casefold(), id) != id), "")
        named = {form.casefold(): id for form in forms} | named
        if twice:
            message = f"“{twice}” stands for two organisations: {named[twice.casefold()]} and {id}"
            yield on(f"organisations.yaml#{id}", message, "keep one entry, or tell the two apart by their names")


def _forms(text: Text | None) -> list[str]:
    """A name in each language, Chinese without blanks."""
    written = ["".join(text.parts(key)) for key in ("", "zh", "en")] if text else []
    return [re.sub(r"\s", "", form) if has_han(form) else " ".join(form.split()) for form in written if form]


@rule("HK128", Severity.WARNING)
def nothing_is_listed_twice(subject: Subject) -> Iterator[Remark]:
    """Nobody stands twice in one list.

    The bodies of one role (`members:`), the bodies that a person belongs to (`affiliation:`), those who present the
    report. Two groups of organisers with the same `role:` print its word twice: write one group.
    """
    lists: dict[str, Iterable[str]] = {}
    groups = subject.publication.booklet.organisers
    lists |= {f"booklet.yaml#organisers.{number}.members": group.members for number, group in enumerate(groups)}
    lists |= {f"people.yaml#{id}.affiliation": each.affiliation for id, each in subject.publication.people.items()}
    lists |= {f"{part.field}.affiliation": part.appearance.affiliation or () for part in subject.parts}
    if subject.publication.report:
        lists |= {"report.yaml#presented_by": subject.publication.report.presented_by}
    yield from _repeated(lists)
    printed: set[tuple[str, str]] = set()
    for number, group in enumerate(groups):
        if (group.role, group.use) in printed:
            message = f"there are two groups of organisers with role: {group.role}"
            yield on(f"booklet.yaml#organisers.{number}.role", message, "write all its members: in one of them")
        printed.add((group.role, group.use))


def _repeated(lists: Mapping[str, Iterable[str]]) -> Iterator[Remark]:
    for field, ids in lists.items():
        seen: set[str] = set()
        for number, id in enumerate(ids):
            if id in seen:
                yield on(f"{field}.{number}", f"{id} stands twice in the list", "delete it once")
            seen.add(id)
