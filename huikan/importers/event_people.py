"""The people of an event: one record per identity, organisations by name, pictures that lie beside the source."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from PIL import Image

from huikan.content.model import Person
from huikan.content.photos import MOST_PIXELS, SUFFIXES
from huikan.content.readings import is_han
from huikan.importers.content_files import LanguageMap, in_model_order, prose
from huikan.importers.data_account import DataLedger
from huikan.importers.event_model import Speaker
from huikan.importers.event_texts import content_text, printed_of
from huikan.importers.located import Value, Words, one_line
from huikan.importers.names import MAX_ID, person_slug, slug, unique
from huikan.importers.programme_blocks import name_of
from huikan.importers.source_text import compact


class EventPeople:
    """Gathers everyone of an event, in the order in which the programme first names them."""

    def __init__(self, ledger: DataLedger, pictures: Callable[[str], bytes | None]) -> None:
        self.photos: dict[str, bytes] = {}
        self._ledger, self._pictures = ledger, pictures
        self._ids: dict[str, str] = {}
        self._taken: set[str] = set()
        self._records: dict[str, list[Speaker]] = {}
        self._names: dict[str, str] = {}
        self._organisations: dict[str, tuple[str, Words]] = {}
        self._organisation_ids: set[str] = set()

    def id_of(self, speaker: Speaker) -> str:
        """The person's id in people.yaml; the speaker's facts are taken note of."""
        id = self._ids.get(speaker.key)
        if id is None:
            name = _spoken_name(speaker)
            id = unique(person_slug(name)[: MAX_ID - 5].strip("-") or "person", self._taken)
            self._ids[speaker.key] = id
            self._taken.add(id)
            self._records[id] = []
            other = self._names.setdefault(compact(name), id)
            if other != id:
                self._ledger.guess(_position(speaker), f"two people are called {name}: {other} and {id}")
        if not any(record is speaker or record == speaker for record in self._records[id]):
            self._records[id].append(speaker)
        return id

    def place_name(self, speaker: Speaker, field: str) -> None:
        """The name of the speaker led to this field as well."""
        for value in speaker.name:
            self._ledger.place(value, field)

    def differing(self, speaker: Speaker, field: str) -> dict[str, Any]:
        """Title and affiliation of an appearance, where they are not those of the person's record."""
        first = self._records[self.id_of(speaker)][0]
        values: dict[str, Any] = {}
        if speaker.title and first.title and name_of(speaker.title) != name_of(first.title):
            values["title"] = content_text(speaker.title)
            self._place(speaker.title, f"{field}.title")
        if speaker.affiliations and first.affiliations and _bodies(speaker) != _bodies(first):
            values["affiliation"] = self._affiliation(speaker, f"{field}.affiliation")
        return values

    def content(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The entries of people.yaml and organisations.yaml."""
        people = {id: self._entry(id, records) for id, records in self._records.items()}
        organisations = {
            id: {"name": LanguageMap(zh=text) if isinstance(text, str) and any(map(is_han, text)) else text}
            for id, texts in self._organisations.values()
            for text in [content_text(texts)]
        }
        return people, organisations

    def _entry(self, id: str, records: list[Speaker]) -> dict[str, Any]:
        place = f"people.yaml#{id}"
        first = records[0]
        name = content_text(first.name) or "?"
        if not first.name:
            self._ledger.lack(_position(first), "a name")
        titled = next((record for record in records if record.title), None)
        with_bio = next((record for record in records if record.bio), None)
        affiliated = next((record for record in records if record.affiliations), None)
        for record in records:
            if name_of(record.name) == name_of(first.name):
                self._place((*record.name, *record.others), f"{place}.name")
            elif record.name:
                self._ledger.conflict(
                    _position(record), f"“{name_of(first.name)}”, but here “{name_of(record.name)}” ({id})"
                )
            if titled and name_of(record.title) == name_of(titled.title):
                self._place(record.title, f"{place}.title")
            if with_bio and [value.text for value in record.bio] == [value.text for value in with_bio.bio]:
                self._place(record.bio, f"{place}.bio")
            if affiliated and _bodies(record) == _bodies(affiliated):
                self._affiliation(record, f"{place}.affiliation")
        photo = next((name for record in records for name in [self._photo(record.picture, id)] if name), None)
        return in_model_order(
            Person,
            {
                "name": name,
                "title": content_text(titled.title) if titled else None,
                "affiliation": self._affiliation(affiliated, f"{place}.affiliation") if affiliated else None,
                "sort": next((record.sort for record in records if record.sort), None),
                "photo": photo,
                "bio": prose("\n\n".join(dict.fromkeys(value.text for value in with_bio.bio))) if with_bio else None,
            },
        )

    def _affiliation(self, speaker: Speaker, field: str) -> list[str]:
        ids = []
        for texts in speaker.affiliations:
            name = name_of(texts)
            if name not in self._organisations:
                id = unique(slug(name)[: MAX_ID - 5].strip("-") or "organisation", self._organisation_ids)
                self._organisation_ids.add(id)
                self._organisations[name] = (id, texts)
            id = self._organisations[name][0]
            ids.append(id)
            for value in printed_of(texts):
                self._ledger.place(value, f"organisations.yaml#{id}.name")
                self._ledger.place(value, field)
        return list(dict.fromkeys(ids))

    def _photo(self, picture: Value | None, id: str) -> str | None:
        if picture is None:
            return None
        if "://" in picture.text:
            self._ledger.lack(picture.position, f"photograph of {id}: {one_line(picture.text)} is not downloaded")
            return None
        suffix = PurePosixPath(picture.text).suffix.casefold()
        data = self._pictures(picture.text) if suffix in SUFFIXES else None
        if data is None or not is_printable_picture(data):
            self._ledger.lack(picture.position, f"photograph of {id}: there is no picture {one_line(picture.text)}")
            return None
        name = f"photos/{id}{suffix}"
        self.photos[name] = data
        self._ledger.place(picture, f"people.yaml#{id}.photo")
        return name

    def _place(self, texts: Words, field: str) -> None:
        for value in texts if field.endswith((".bio", ".name")) else printed_of(texts):
            self._ledger.place(value, field)


def is_printable_picture(data: bytes) -> bool:
    """Whether the bytes are a whole picture of at most `MOST_PIXELS` pixels."""
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return False
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return True


def _bodies(speaker: Speaker) -> list[str]:
    return [name_of(texts) for texts in speaker.affiliations]


def _spoken_name(speaker: Speaker) -> str:
    return name_of(speaker.name)


def _position(speaker: Speaker) -> str:
    return speaker.name[0].position if speaker.name else speaker.key
