"""Words made from facts: the variant of a text for a language, dates, derived captions, display titles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from huikan.content.labels import Labels
from huikan.content.model import LANGUAGE_KEYS, Mode, Organisation, Text
from huikan.content.resolved import Phrase, Prose

_TAGS = {key: tag for tag, key in LANGUAGE_KEYS.items()}


@dataclass(frozen=True, slots=True)
class Wording:
    """Chooses and makes words for one language; `fallback` is the publication's first language."""

    labels: Labels
    fallback: str

    @property
    def language(self) -> str:
        """The tag of the edition's language."""
        return self.labels.language

    def phrase(self, text: Text, field: str, *, spaced: bool = False) -> Phrase:
        """The variant of `text` to print. `spaced` parts are set apart by a space in Chinese too (headings)."""
        key, tag = self._variant(text)
        joiner = " " if spaced or tag == "en" else ""
        return Phrase(
            text.parts(key),
            tag,
            joiner,
            f"{field}.{key}" if key else field,
            untranslated=tag if self._foreign(key, tag) else "",
        )

    def optional(self, text: Text | None, field: str, *, spaced: bool = False) -> Phrase | None:
        """`phrase`, or None for no text."""
        return None if text is None else self.phrase(text, field, spaced=spaced)

    def prose(self, text: Text | None, field: str) -> Prose | None:
        """The variant of a Markdown text to print; its blocks are numbered `FIELD.zh/1`, `FIELD.zh/2`…"""
        if text is None:
            return None
        key, tag = self._variant(text)
        place = f"{field}.{key}/" if key else f"{field}/"
        return Prose("\n\n".join(text.parts(key)), tag, place, self._foreign(key, tag))

    def _variant(self, text: Text) -> tuple[str, str]:
        key = text.key_for(self.language, self.fallback)
        assert key is not None, "the model admits no text without words"
        return key, _TAGS.get(key, self.language)

    def _foreign(self, key: str, tag: str) -> bool:
        return bool(key) and tag != self.language

    def derived(self, template: str, **words: Phrase | str | None) -> Phrase:
        """A phrase made from others by a label's pattern; it lists the fields it was made from.

        Parts of the inserted phrases stay parts, so that a long title still breaks at its good places.
        """
        sources = tuple(
            dict.fromkeys(
                source
                for value in words.values()
                if isinstance(value, Phrase)
                for source in (value.sources or (value.field,))
                if source
            )
        )
        return Phrase(
            (template.format(**{name: value or "" for name, value in words.items()}),),
            self.language,
            sources=sources,
            untranslated=_stand_in(
                *(value for name, value in words.items() if isinstance(value, Phrase) and f"{{{name}}}" in template)
            ),
        )

    def title_with_affiliation(
        self, title: Phrase | None, affiliations: tuple[tuple[Organisation, str], ...]
    ) -> Phrase | None:
        """The title as lists print it: bodies that it does not name already are added by the language's pattern.

        `affiliations` are (organisation, field of its name).
        """
        names = []
        for organisation, field in affiliations:
            name = self.phrase(organisation.name, field)
            short = self.optional(organisation.short, field)
            known = [form.text for form in (name, short) if form] + list(organisation.aliases)
            if title is None or not any(form in title.text for form in known):
                names.append(name)
        if not names:
            return title
        joined = self.labels["list.separator"].join(name.text for name in names)
        sources = tuple(name.field for name in names)
        if title is None:
            return Phrase((joined,), self.language, sources=sources, untranslated=_stand_in(*names))
        first, last = self.labels.lines("title.with_affiliation")
        parts = tuple(pattern.format(affiliation=joined, title=title.text) for pattern in (first, last))
        joiner = " " if self.language == "en" else title.joiner
        return Phrase(
            parts, self.language, joiner, sources=(title.field, *sources), untranslated=_stand_in(title, *names)
        )

    def day(self, date: dt.date) -> str:
        """A date in words: 2024年11月6日, 6 November 2024."""
        return self.labels["date.day"].format(**self._date_words(date))

    def weekday(self, date: dt.date) -> str:
        """A day of several, as a programme heads it: 2024年11月6日（星期三）, Wednesday, 6 November 2024."""
        name = self.labels.lines("date.weekdays")[date.weekday()]
        return self.labels["date.weekday"].format(**self._date_words(date), weekday=name)

    def date_range(self, first: dt.date, last: dt.date | None) -> str:
        """One day, or the days from first to last, as short as the language allows."""
        if last is None or last == first:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            pattern = "range_in_month"
        else:
            pattern = "range" if first.year == last.year else "range_of_years"
        ending = {f"last_{name}": value for name, value in self._date_words(last).items()}
        return self.labels[f"date.{pattern}"].format(**self._date_words(first), **ending)

    def _date_words(self, date: dt.date) -> dict[str, str]:
        words = {"year": str(date.year), "month": str(date.month), "day": str(date.day)}
        if "months" in self.labels.words["date"]:
            words["month_name"] = self.labels.lines("date.months")[date.month - 1]
        return words

    def caption(
        self,
        name: Phrase,
        title: Phrase | None,
        forum: Phrase,
        kind: Phrase,
        act: str,
        scope: Phrase | str,
        mode: Mode,
    ) -> tuple[Phrase, ...]:
        """The derived lines under a portrait: who, and what they did at which forum."""
        deed = self.derived(self.labels[f"act.{act}"], scope=scope)
        words = {
            "name": name,
            "title": title,
            "forum": forum,
            "kind": kind,
            "mode": self.labels[f"caption.{mode}"],
        }
        patterns = self.labels.lines("caption.lines")
        if title is None:
            patterns = tuple(pattern.replace("{name}, {title}", "{name}") for pattern in patterns)
        return tuple(
            self.derived(pattern, **words, act=deed) if "{act}" in pattern else self.derived(pattern, **words)
            for pattern in patterns
        )


def _stand_in(*phrases: Phrase) -> str:
    """The language of the first of the phrases that stands in for a translation; empty if none does."""
    return next((phrase.untranslated for phrase in phrases if phrase.untranslated), "")
