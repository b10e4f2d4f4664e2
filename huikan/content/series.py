"""A series of publications, `series.yaml`: which booklets are built together, and which editions of each."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from huikan.content.model import Edition
from huikan.content.values import Model, or_a_word


def _as_folder_name(value: Any) -> Any:
    if isinstance(value, str) and value and not value.startswith(".") and not set(value) & set('/\\:*?"<>|\0'):
        return value
    raise ValueError("expected the name of a folder; write a name without slashes: digital-trade")


FolderName = Annotated[str, BeforeValidator(_as_folder_name, json_schema_input_type=str)]


class SeriesEntry(Model):
    """A publication of the series; in place of the map, its folder alone will do."""

    content: Annotated[
        str,
        Field(min_length=1, pattern=r"\S", description="Its folder, which holds booklet.yaml; from series.yaml's own."),
    ]
    languages: Annotated[
        tuple[Literal["zh-Hans", "en", "bilingual"], ...],
        Field(description="The languages to build; without them, those of its booklet.yaml."),
    ] = ()
    editions: Annotated[
        tuple[Edition, ...],
        Field(description="The files to build of each language; without them, those of its booklet.yaml."),
    ] = ()
    output: Annotated[
        FolderName | None,
        Field(description="The folder of its files below the output folder; without it, the name of `content`."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _accept_folder(cls, value: Any) -> Any:
        return {"content": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        return or_a_word(handler.resolve_ref_schema(handler(core_schema)), {"type": "string", "pattern": r"\S"})


class Series(Model):
    """The publications that are built together."""

    publications: Annotated[
        tuple[SeriesEntry, ...],
        Field(min_length=1, description="Folders of publications, or maps that say what to build of each."),
    ]
