"""The content model: what the YAML files of a publication may say, as frozen pydantic models.

A fact is written once. Everything derived from facts (captions, indexes, display titles) is made in
`huikan.content.resolve`, never here.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from huikan.content.terms import BILINGUAL as BILINGUAL
from huikan.content.terms import LANGUAGE_KEYS as LANGUAGE_KEYS
from huikan.content.terms import Approval as Approval
from huikan.content.terms import Edition as Edition
from huikan.content.values import ID_PATTERN, Date, Ids, Model, Time, as_number, or_a_word
from huikan.content.values import Id as Id
from huikan.content.values import Language as Language
from huikan.content.values import Parts as Parts
from huikan.content.values import Text as Text


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


class Photo(Model):
    """A picture in the publication's folder. `alt` is read aloud in its place; without it the caption is."""

    file: str
    alt: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_path(cls, value: Any) -> Any:
        if isinstance(value, (str, dict, cls)):
            return {"file": value} if isinstance(value, str) else value
        raise ValueError("expected a path, or a map with file:; write photos/NAME.jpg")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        return or_a_word(handler.resolve_ref_schema(handler(core_schema)), {"type": "string"})


class Person(Model):
    """A person. `title` is the official title in full, as printed; `affiliation` names organisations by id.

    `sort` overrides the reading by which the name index sorts: `shan wei` for 单伟, `{en: kwakwa edward}`.
    `review` says whether the person has approved what is printed of them.
    """

    name: Text
    title: Text | None = None
    affiliation: Ids = ()
    sort: Text | None = None
    photo: Photo | None = None
    bio: Text | None = None
    review: Approval = Approval.DRAFT
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
    affiliation: Ids | None = None
    topic: Text | None = None
    scope: Text | None = None
    start: Time | None = None
    end: Time | None = None
    track: Text | None = None
    photo: Photo | None = None
    caption: Text | None = None
    no_summary: Text | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_person(cls, value: Any) -> Any:
        if isinstance(value, (str, dict, cls)):
            return {"person": value} if isinstance(value, str) else value
        raise ValueError("expected a person's id, or a map with person:; write the id alone if nothing differs")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        return or_a_word(handler.resolve_ref_schema(handler(core_schema)), {"type": "string", "pattern": ID_PATTERN})

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
    date: Date | None = None
    start: Time | None = None
    end: Time | None = None
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
            raise ValueError("a session needs a label or a title; add title: …")
        return self


class Programme(Model):
    """programme.yaml: the sessions in the order they were held."""

    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]


class Organisers(Model):
    """The bodies of one role, in protocol order; `use: short` prints their approved short forms."""

    role: OrganiserRole
    members: Annotated[tuple[Id, ...], Field(min_length=1)]
    use: Literal["name", "short"] = "name"


class Imprint(Model):
    """The colophon: who made and published the booklet, and on what terms."""

    editors: tuple[Text, ...] = ()
    publisher: Text | None = None
    design: Text | None = None
    printer: Text | None = None
    published: Date | None = None
    isbn: str | None = None
    contact: Text | None = None
    rights: Text | None = None
    statement: Text | None = None
    note: str | None = None


class Paper(Model):
    """The paper of the text block: grammage in g/m², bulk in cm³/g; together they give the thickness of a leaf."""

    grammage: Annotated[float, Field(ge=20, le=600), BeforeValidator(as_number)] = 100
    bulk: Annotated[float, Field(ge=0.5, le=3), BeforeValidator(as_number)] = 1.0


class Binding(StrEnum):
    """How the booklet is bound: stapled through the fold, or glued along the spine."""

    SADDLE_STITCH = "saddle-stitch"
    PERFECT = "perfect"


class Press(Model):
    """What the print shop asks for. `profile` is its CMYK ICC profile, a file in the publication's folder.

    `signature_pages` and `milling_mm`, what is ground off the spine, count for perfect binding; `creep_mm` is how far
    the pages of each inner sheet move to the spine. Without `marks` pages, sheets and covers have none.
    """

    profile: str | None = None
    binding: Binding = Binding.SADDLE_STITCH
    signature_pages: Literal[8, 16] = 16
    creep_mm: Annotated[float, Field(ge=0, le=2), BeforeValidator(as_number)] | None = None
    milling_mm: Annotated[float, Field(ge=0, le=5), BeforeValidator(as_number)] = 3
    marks: bool = True

    @model_validator(mode="after")
    def _profile_lies_inside(self) -> Press:
        if self.profile and (Path(self.profile).is_absolute() or ".." in Path(self.profile).parts):
            raise ValueError("the profile lies outside the publication's folder; copy it in and name it there")
        return self


class Allowed(Model):
    """A rule of `check` that is silent for a field and what is below it, or everywhere, and why."""

    rule: Annotated[str, Field(pattern=r"^HK\d{3}$")]
    reason: Annotated[str, Field(min_length=1)]
    field: str | None = None


class CheckSettings(Model):
    """What `check` may leave unsaid."""

    allow: tuple[Allowed, ...] = ()


class Booklet(Model):
    """booklet.yaml: the event and how its booklet is made."""

    id: Id
    title: Text
    series: Text | None = None
    edition_number: Annotated[int, Field(ge=1), BeforeValidator(as_number)] | None = None
    kind: Text | None = None
    short_title: Text | None = None
    subtitle: Text | None = None
    date: Date
    end_date: Date | None = None
    venue: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("zh-Hans",)
    bilingual: bool = False
    theme: Id = "default"
    organisers: tuple[Organisers, ...] = ()
    introduction: Text | None = None
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = (Edition.PRINT, Edition.REVIEW)
    imprint: Imprint = Imprint()
    paper: Paper = Paper()
    press: Press = Press()
    check: CheckSettings = CheckSettings()
    note: str | None = None

    @model_validator(mode="after")
    def _bilingual_in_two(self) -> Booklet:
        if self.bilingual and len(self.languages) < 2:
            raise ValueError("a bilingual edition needs two languages; write languages: [zh-Hans, en]")
        return self

    @field_validator("end_date")
    @classmethod
    def _dates_in_order(cls, value: dt.date | None, info: ValidationInfo) -> dt.date | None:
        if value is not None and "date" in info.data and value < info.data["date"]:
            raise ValueError("the event ends before its date:; correct one of them")
        return value


class Figure(Model):
    """A picture or a table of data in the report; the first row of `rows` is the header."""

    caption: Text
    image: Photo | None = None
    rows: tuple[tuple[Text, ...], ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _has_one_body(self) -> Figure:
        if (self.image is None) == (not self.rows):
            raise ValueError("a figure has either image: or rows:; keep one of them")
        return self


class Report(Model):
    """report.yaml: the report presented at the event. `abstract` and `findings` are Markdown."""

    title: Text
    publisher: Text | None = None
    presented_by: Ids = ()
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
