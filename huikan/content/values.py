"""The kinds of value that content files hold: texts, ids, dates, times, numbers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from huikan.content.terms import LANGUAGE_KEYS as LANGUAGE_KEYS

Language = Literal["zh-Hans", "en"]
ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
LONGEST_ID = 64
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=LONGEST_ID)]
"""Lower-case Latin letters, digits and single hyphens: ids become file names, anchors and bookmarks."""

_CLOCK = r"^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?$"


def _as_parts(value: Any) -> Any:
    if value is None or isinstance(value, (list, tuple)):
        return value
    if isinstance(value, str):
        return (value,)
    raise ValueError("expected a text or a list of texts; write a text")


def _as_date(value: Any) -> Any:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return dt.date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("date_form", "no such day") from error
    raise ValueError("expected a date; write it as 2024-11-06")


def _as_time(value: Any) -> Any:
    if isinstance(value, dt.time) or (isinstance(value, str) and re.match(_CLOCK, value)):
        return value
    raise ValueError("expected a time of day; write it as 09:30")


def as_number(value: Any) -> Any:
    """Refuse words and `true` where a number belongs: they would be read as numbers."""
    if isinstance(value, (bool, str)):
        raise ValueError("expected a number; write digits without quotation marks")
    return value


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Parts = Annotated[
    tuple[Annotated[str, Field(min_length=1, pattern=r"\S", strict=True)], ...],
    Field(min_length=1),
    BeforeValidator(_as_parts),
]
"""A text, or a list of parts between which it breaks well."""

Ids = Annotated[tuple[Id, ...], BeforeValidator(_one_or_many, json_schema_input_type=Id | tuple[Id, ...])]
"""One id, or a list of them."""

Date = Annotated[dt.date, BeforeValidator(_as_date), WithJsonSchema({"type": "string", "format": "date"})]
Time = Annotated[dt.time, BeforeValidator(_as_time), WithJsonSchema({"type": "string", "pattern": _CLOCK})]
"""A time of day as it is printed, `09:30`; a number would be read as seconds."""


class Model(BaseModel):
    """Frozen, and closed: a key that is not in the model is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(Model):
    """Words in one or more languages: `某某`, `[某, 某]` (good breaks) or `{zh: …, en: …}`.

    `plain` holds a text given without a language: it stands in every edition. `note` is an editor's question.
    """

    plain: Parts | None = Field(default=None, exclude=True)
    zh: Parts | None = None
    en: Parts | None = None
    note: str | None = None

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
        if isinstance(value, cls):
            return value
        raise ValueError("expected a text, a list of texts, or a map with zh: and en:; write a text")

    @model_validator(mode="after")
    def _has_words(self) -> Text:
        if self.plain is self.zh is self.en is None:
            raise ValueError("the text is empty; write a text, or zh: and en:")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        parts: dict[str, Any] = {
            "anyOf": [
                {"type": "string", "pattern": r"\S"},
                {"type": "array", "items": {"type": "string", "pattern": r"\S"}, "minItems": 1},
            ]
        }
        return {
            "description": "A text, a list of parts between which it breaks well, or a map by language.",
            "anyOf": [
                *parts["anyOf"],
                {
                    "type": "object",
                    "properties": {
                        **dict.fromkeys(LANGUAGE_KEYS.values(), parts),
                        "note": {"description": "For editors; never printed.", "type": "string"},
                    },
                    "additionalProperties": False,
                    "anyOf": [{"required": [key]} for key in LANGUAGE_KEYS.values()],
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


def or_a_word(full: dict[str, Any], word: dict[str, Any]) -> dict[str, Any]:
    """The schema of a map that a single word may stand for."""
    described = {"description": full["description"]} if "description" in full else {}
    return {**described, "anyOf": [word, {key: value for key, value in full.items() if key != "description"}]}
