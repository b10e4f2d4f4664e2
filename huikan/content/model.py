"""The content model: what the YAML files of a publication may say, as frozen pydantic models.

A fact is written once. Everything derived from facts (captions, indexes, display titles) is made in
`huikan.content.resolve`, never here.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

LANGUAGE_KEYS = {"zh-Hans": "zh", "en": "en"}
"""Language tag of an edition → key used in content maps."""

Language = Literal["zh-Hans", "en"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64)]
"""Lower-case Latin letters, digits and single hyphens: ids become file names, anchors and bookmarks."""

Parts = Annotated[
    tuple[Annotated[str, Field(min_length=1, strict=True)], ...],
    Field(min_length=1),
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
]
"""A text, or a list of parts between which it breaks well."""


class Model(BaseModel):
    """Frozen, and closed: a key that is not in the model is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """Words in one or more languages: `某某`, `[某, 某]` (good breaks) or `{zh: …, en: …}`.

    `plain` holds a text given without a language: it stands in every edition.
    """

    plain: Parts | None = Field(default=None, exclude=True)
    zh: Parts | None = None
    en: Parts | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_plain(cls, value: Any) -> Any:
        if isinstance(value, (str, list, tuple)):
            return {"plain": value}
        if isinstance(value, dict):
            if not value:
                raise ValueError("an empty map; write a text, or zh: and en:")
            if "plain" in value:
                raise ValueError("unknown key 'plain'; write zh: or en:")
            return value
        raise ValueError("expected a text, a list of texts, or a map with zh: and en:")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        parts: dict[str, Any] = {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            ]
        }
        return {
            "description": "A text, a list of parts between which it breaks well, or a map by language.",
            "anyOf": [
                *parts["anyOf"],
                {
                    "type": "object",
                    "properties": dict.fromkeys(LANGUAGE_KEYS.values(), parts),
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ],
        }

    def key_for(self, language: str, fallback: str) -> str | None:
        """Key of the variant to print in `language`: own, `''` for plain, else `fallback`'s, else any, else None."""
        if self.plain is not None:
            return ""
        wanted = [LANGUAGE_KEYS[language], LANGUAGE_KEYS[fallback], *LANGUAGE_KEYS.values()]
        return next((key for key in wanted if getattr(self, key) is not None), None)

    def parts(self, key: str) -> tuple[str, ...]:
        """The parts of the variant that `key_for` named."""
        value: tuple[str, ...] | None = getattr(self, key or "plain")
        return value or ()


class OrganiserRole(StrEnum):
    """What a body does for the event: 主办, 承办, 协办, 支持."""

    HOST = "host"
    ORGANISER = "organiser"
    CO_ORGANISER = "co-organiser"
    SUPPORTER = "supporter"


class Role(StrEnum):
    """What a person does in a session; the act in the caption follows from it."""

    ADDRESS = "address"
    KEYNOTE = "keynote"
    SPEECH = "speech"
    PANEL = "panel"
    REPORT = "report"
    MODERATOR = "moderator"


class SessionKind(StrEnum):
    """What sort of session it is; the usual role of its speakers follows from it."""

    OPENING = "opening"
    KEYNOTE = "keynote"
    PANEL = "panel"
    REPORT = "report"
    DISCUSSION = "discussion"
    BREAK = "break"


USUAL_ROLE = {
    SessionKind.OPENING: Role.ADDRESS,
    SessionKind.KEYNOTE: Role.KEYNOTE,
    SessionKind.PANEL: Role.SPEECH,
    SessionKind.REPORT: Role.REPORT,
    SessionKind.DISCUSSION: Role.PANEL,
    SessionKind.BREAK: Role.SPEECH,
}


class Mode(StrEnum):
    """How a person takes part."""

    ONSITE = "onsite"
    VIDEO = "video"


class Organisation(Model):
    """A body. `short` is the one approved short form; `aliases` are forms that `check` corrects to the name."""

    name: Text
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Photo(Model):
    """A picture in the publication's folder. `alt` is read aloud in its place; without it the caption is."""

    file: str
    alt: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_path(cls, value: Any) -> Any:
        return {"file": value} if isinstance(value, str) else value


class Person(Model):
    """A person. `title` is the official title in full, as printed; `affiliation` names organisations by id.

    `sort` overrides the reading by which the name index sorts: `shan wei` for 单伟, `{en: kwakwa edward}`.
    """

    name: Text
    title: Text | None = None
    affiliation: Annotated[tuple[Id, ...], BeforeValidator(_one_or_many)] = ()
    sort: Text | None = None
    photo: Photo | None = None
    bio: Text | None = None
    note: str | None = None


class Appearance(Model):
    """One person in one session. What is not given follows from the person and the session.

    `scope` is what a moderator moderates, when it is more than the session; `caption` replaces the derived caption
    (a list gives its lines); `no_summary` says why a speaker has no summary.
    """

    person: Id
    id: Id | None = None
    role: Role | None = None
    mode: Mode = Mode.ONSITE
    title: Text | None = None
    affiliation: Annotated[tuple[Id, ...] | None, BeforeValidator(_one_or_many)] = None
    topic: Text | None = None
    scope: Text | None = None
    start: dt.time | None = None
    photo: Photo | None = None
    caption: Text | None = None
    no_summary: Text | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_person(cls, value: Any) -> Any:
        return {"person": value} if isinstance(value, str) else value

    @property
    def key(self) -> str:
        """The id by which summaries and anchors refer to this appearance; the person's id unless one is given."""
        return self.id or self.person


class HostPlace(StrEnum):
    """Where the hosts' portraits stand among a session's summaries."""

    FIRST = "first"
    LAST = "last"


class Session(Model):
    """A part of the programme. `label` is its number or sort (专题发言一), `title` its theme."""

    id: Id
    kind: SessionKind
    label: Text | None = None
    title: Text | None = None
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    room: Text | None = None
    track: Text | None = None
    description: Text | None = None
    hosts: tuple[Appearance, ...] = ()
    hosts_stand: HostPlace = HostPlace.FIRST
    items: tuple[Appearance, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _has_a_heading(self) -> Session:
        if self.label is None and self.title is None:
            raise ValueError("a session needs a label or a title")
        return self


class Programme(Model):
    """programme.yaml: the sessions in the order they were held."""

    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]


class Organisers(Model):
    """The bodies of one role, in protocol order; `use: short` prints their approved short forms."""

    role: OrganiserRole
    members: Annotated[tuple[Id, ...], Field(min_length=1)]
    use: Literal["name", "short"] = "name"


class Edition(StrEnum):
    """A file that a build makes of each language."""

    PRINT = "print"
    PRESS = "press"
    COVER = "cover"
    IMPOSED = "imposed"
    ARCHIVE = "archive"
    REVIEW = "review"
    WEB = "web"
    EPUB = "epub"


class Imprint(Model):
    """The colophon: who made and published the booklet, and on what terms."""

    editors: tuple[Text, ...] = ()
    publisher: Text | None = None
    design: Text | None = None
    printer: Text | None = None
    published: dt.date | None = None
    isbn: str | None = None
    contact: Text | None = None
    rights: Text | None = None
    statement: Text | None = None


class Paper(Model):
    """The paper of the text block: grammage in g/m², bulk in cm³/g; together they give the spine's width."""

    grammage: Annotated[float, Field(gt=0, le=600)] = 100
    bulk: Annotated[float, Field(gt=0, le=5)] = 1.0


class Booklet(Model):
    """booklet.yaml: the event and how its booklet is made."""

    id: Id
    title: Text
    series: Text | None = None
    edition_number: Annotated[int, Field(ge=1)] | None = None
    kind: Text | None = None
    short_title: Text | None = None
    subtitle: Text | None = None
    date: dt.date
    end_date: dt.date | None = None
    venue: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("zh-Hans",)
    theme: str = "default"
    organisers: tuple[Organisers, ...] = ()
    introduction: Text | None = None
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = (Edition.PRINT, Edition.REVIEW)
    imprint: Imprint = Imprint()
    paper: Paper = Paper()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Booklet:
        if self.end_date is not None and self.end_date < self.date:
            raise ValueError("end_date is before date")
        return self


class Figure(Model):
    """A picture or a table of data in the report; the first row of `rows` is the header."""

    caption: Text
    image: Photo | None = None
    rows: tuple[tuple[Text, ...], ...] = ()

    @model_validator(mode="after")
    def _has_one_body(self) -> Figure:
        if (self.image is None) == (not self.rows):
            raise ValueError("a figure has either image: or rows:")
        return self


class Report(Model):
    """report.yaml: the report presented at the event. `abstract` and `findings` are Markdown."""

    title: Text
    publisher: Text | None = None
    presented_by: Annotated[tuple[Id, ...], BeforeValidator(_one_or_many)] = ()
    abstract: Text
    findings: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: str | None = None


class SummaryMatter(Model):
    """Front matter of `summaries/ID.md`. `appearance` names the speaker's entry in the programme."""

    appearance: Id
    note: str | None = None


class TranslationMatter(Model):
    """Front matter of a translation, `summaries/ID.en.md`."""

    note: str | None = None


class Summary(Model):
    """The prose of one appearance: Markdown by language key, and the line of the file on which each text begins."""

    id: Id
    appearance: Id
    prose: dict[str, str]
    first_line: dict[str, int]


class Publication(Model):
    """All of a publication's content, validated but not resolved."""

    booklet: Booklet
    organisations: dict[Id, Organisation]
    people: dict[Id, Person]
    programme: Programme
    report: Report | None
    summaries: dict[Id, Summary]
