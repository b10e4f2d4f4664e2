"""booklet.yaml of an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from huikan.content.model import Booklet
from huikan.importers.content_files import in_model_order, text
from huikan.importers.data_account import DataLedger
from huikan.importers.event_model import Event
from huikan.importers.event_prose import prose_of
from huikan.importers.event_texts import booklet_languages, content_text, printed_of
from huikan.importers.located import Words
from huikan.importers.names import slug
from huikan.importers.programme_blocks import name_of


def booklet_of(event: Event, days: Sequence[dt.date], stem: str, ledger: DataLedger) -> dict[str, Any]:
    """The values of booklet.yaml. `days` are those of the programme; `stem` is the source's name, for the id."""
    for value in event.times:
        ledger.place(value, "booklet.yaml#date")
    if event.zone:
        ledger.explain(event.zone, "the zone in which all times stand")
    if event.isbn:
        ledger.place(event.isbn, "booklet.yaml#imprint.isbn")
    if event.acronym:
        ledger.place(event.acronym, "booklet.yaml#id")
    first, last = _dates(event, days, ledger)
    imprint = {
        "editors": [_text(name, f"booklet.yaml#imprint.editors.{i}", ledger) for i, name in enumerate(event.editors)],
        "publisher": _text(event.publisher, "booklet.yaml#imprint.publisher", ledger),
        "isbn": event.isbn.text if event.isbn else None,
    }
    named = (event.acronym.text if event.acronym else "", name_of(event.title), stem)
    return in_model_order(
        Booklet,
        {
            "id": next((id for id in (slug(name)[:40].strip("-") for name in named) if id), "booklet"),
            "title": _text(event.title, "booklet.yaml#title", ledger),
            "short_title": _text(event.short_title, "booklet.yaml#short_title", ledger),
            "subtitle": _text(event.subtitle, "booklet.yaml#subtitle", ledger),
            "date": first,
            "end_date": last if first and last and last > first else None,
            "venue": _venue(event, ledger),
            "languages": list(booklet_languages(event)),
            "introduction": prose_of(event.introduction, (), "booklet.yaml#introduction", ledger),
            "imprint": {key: value for key, value in imprint.items() if value},
        },
    )


def _dates(event: Event, days: Sequence[dt.date], ledger: DataLedger) -> tuple[dt.date | None, dt.date | None]:
    first = event.slot.day or (days[0] if days else None)
    last = event.slot.end.date() if event.slot.end else (days[-1] if days else None)
    if first and not event.slot.day:
        ledger.guess("", f"date: {first}, the day of the first talk")
    return first, last


def _venue(event: Event, ledger: DataLedger) -> Any:
    """Place, building and town as one text."""
    places = [_text(words, "booklet.yaml#venue", ledger) for words in event.venue]
    if len(places) < 2:
        return places[0] if places else None
    return text(", ".join(dict.fromkeys(name_of(words) for words in event.venue)))


def _text(texts: Words, field: str, ledger: DataLedger) -> Any:
    for value in printed_of(texts):
        ledger.place(value, field)
    return content_text(texts)
