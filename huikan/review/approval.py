"""Who has approved what is printed of them, and who has not."""

from __future__ import annotations

from huikan.content.load import LoadedPublication
from huikan.content.model import Person, Publication
from huikan.finding import Finding, Severity


def appearing(publication: Publication) -> tuple[str, ...]:
    """The ids of the people of whom something is printed, in the order of the programme."""
    found: dict[str, None] = {}
    for session in publication.programme.sessions:
        found |= dict.fromkeys(appearance.person for appearance in (*session.hosts, *session.items))
    if publication.report:
        found |= dict.fromkeys(publication.report.presented_by)
    return tuple(found)


def name_of(person: Person) -> str:
    """A person's name in one language."""
    return next("".join(person.name.parts(key)) for key in ("", "zh", "en") if person.name.parts(key))


def unapproved(publication: Publication) -> tuple[str, ...]:
    """Those of them who have not approved."""
    people = publication.people
    return tuple(person for person in appearing(publication) if not people[person].review.is_given)


def unapproved_findings(loaded: LoadedPublication) -> tuple[Finding, ...]:
    """One error for each, at the place of their status."""
    found = []
    for person in unapproved(loaded.publication):
        place = loaded.locate(f"people.yaml#{person}.review") or loaded.locate(f"people.yaml#{person}")
        entry = loaded.publication.people[person]
        message = f"{person} ({name_of(entry)}) has not approved: review is {entry.review}"
        hint = f"write review: approved, or huikan review mark approved {person}"
        line, column = (place.line, place.column) if place else (1, 1)
        found.append(Finding("HK078", Severity.ERROR, message, hint, "people.yaml", line, column))
    return tuple(sorted(found, key=lambda finding: finding.line))
