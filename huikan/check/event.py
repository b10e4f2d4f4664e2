"""Facts: the event, its report and its terms are called the same everywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from huikan.check.figures import MONTHS
from huikan.check.passages import HAN, Kind, Passage
from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Subject, variant
from huikan.content.model import Role
from huikan.finding import Severity

_QUOTED = re.compile(r"“([^“”\n]{4,80})”")
_WORK = re.compile(r"《([^《》\n]{2,80})》")
_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_DAY = {
    "zh": re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    "en": re.compile(rf"(?P<day>\d{{1,2}}) {_MONTH} (?P<year>\d{{4}})"),
}
_SENTENCE = {"zh": re.compile(r"[^。！？\n]+"), "en": re.compile(r"[^.!?\n]+")}
_HELD = re.compile("举办|举行|召开|开幕|held|took place|convened|opened")
_ORDINAL = re.compile(f"^第([{HAN}\\d]{{1,4}})届")
_KEYNOTE = re.compile("主[旨题](?:发言|演讲|讲话|报告)")
_CONJUNCTIONS = "和与及"
_SHORTEST_TITLE = 6


def _bare(text: str) -> str:
    return re.sub(r"[\s，、：·]", "", text)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _is_introduction(passage: Passage) -> bool:
    return passage.field.startswith("booklet.yaml#introduction")


@rule("HK113", Severity.WARNING)
def the_event_has_one_name(subject: Subject) -> Iterator[Remark]:
    """The event and its series have one name.

    A name in “” before the kind of event (`“…”分论坛`) that is nearly the title, and another ordinal before the name
    of the series (第六届… for 第七届…), are not the event of `booklet.yaml`. Nor is an introduction's 本次论坛 where
    the event is a 分论坛, a part of a forum.
    """
    booklet = subject.publication.booklet
    titles = [variant(text, "zh", " ") for text in (booklet.title, booklet.short_title) if text]
    kind = variant(booklet.kind, "zh") or "论坛"
    for passage in subject.printed("zh"):
        for found in _QUOTED.finditer(passage.text):
            name = found[1]
            if not passage.text.startswith(kind, found.end()) or name in titles or not titles:
                continue
            if max(_ratio(_bare(name), _bare(title)) for title in titles) >= 0.5:
                message = f"“{name}” is called “{titles[0]}” in booklet.yaml"
                yield at(passage, *found.span(1), message, f"write {titles[-1]}")
    if kind.endswith("论坛") and kind != "论坛":
        for passage in subject.prose("zh"):
            for found in re.finditer("[本此这][次届场](论坛)", passage.text) if _is_introduction(passage) else ():
                message = f"“{found.group()}” is a {kind} in booklet.yaml"
                yield at(passage, *found.span(), message, f"write {found.group()[:2]}{kind}")
    series = variant(booklet.series, "zh")
    ordinal = _ORDINAL.match(series)
    if not ordinal:
        return
    rest = series[ordinal.end() :]
    for passage in subject.printed("zh"):
        for found in re.finditer(f"第([{HAN}\\d]{{1,4}}?)届{re.escape(rest)}", passage.text):
            if found[1] != ordinal[1]:
                message = f"“{found.group()}” is “{series}” in booklet.yaml"
                yield at(passage, *found.span(), message, f"write {series}")


@rule("HK114", Severity.WARNING)
def the_event_has_one_date(subject: Subject) -> Iterator[Remark]:
    """The event has one date.

    A sentence of the introduction, or one that names the event, may not say that it was held on a day that is not among
    those of `booklet.yaml`.
    """
    booklet = subject.publication.booklet
    last = booklet.end_date or booklet.date
    for passage in (*subject.prose("zh"), *subject.prose("en")):
        title = variant(booklet.title, passage.language, " ")
        for sentence in _SENTENCE[passage.language].finditer(passage.text):
            words = sentence.group()
            if not _HELD.search(words) or not (_is_introduction(passage) or (title and title in words)):
                continue
            for found in _DAY[passage.language].finditer(words):
                day = _day(found)
                if day is None or not booklet.date <= day <= last:
                    start = sentence.start() + found.start()
                    message = f"the event was not held on {found.group()}: booklet.yaml says {booklet.date}"
                    yield at(passage, start, start + len(found.group()), message, "correct one of them")


def _day(found: re.Match[str]) -> dt.date | None:
    """The date of a match of `_DAY`; None if there is no such day."""
    month = found["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month) + 1
    try:
        return dt.date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


@rule("HK115", Severity.WARNING)
def the_report_has_one_title(subject: Subject) -> Iterator[Remark]:
    """The report has one title.

    A work in 《》 that is nearly the report of `report.yaml` must be called exactly that, and prose gives the title in
    《》. Spaces are HK208 and HK220.
    """
    report = subject.publication.report
    whole = variant(report.title, "zh", " ") if report else ""
    title = _bare(whole)
    for passage in subject.prose("zh") if len(title) >= _SHORTEST_TITLE else ():
        for found in re.finditer(re.escape(whole), passage.text):
            if passage.text.rfind("《", 0, found.start()) <= passage.text.rfind("》", 0, found.start()):
                hint = f"write 《{whole}》"
                yield at(passage, *found.span(), "the title of the report without 《》", hint)
    for passage in subject.printed("zh") if title else ():
        for found in _WORK.finditer(passage.text):
            name = _bare(found[1])
            if name != title and _ratio(name, title) >= 0.75:
                yield at(
                    passage, *found.span(1), f"《{found[1]}》 is called 《{title}》 in report.yaml", f"write {title}"
                )


def _joined_titles(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """What stands around each conjunction of a title: four characters before it, itself, four after it."""
    texts = [passage.text for passage in subject.printed("zh") if passage.kind is Kind.HEADING]
    for text in texts:
        for found in re.finditer(f"(?=([{HAN}]{{4}})([{_CONJUNCTIONS}])([{HAN}]{{4}}))", text):
            yield found[1], found[2], found[3]


@rule("HK116", Severity.WARNING)
def conjunctions_of_titles_are_kept(subject: Subject) -> Iterator[Remark]:
    """A title keeps its conjunction.

    Where a title joins two things by 和, prose that joins the same two by 与 reads like another name:
    数字经济创新和知识产权发展, 数字经济创新与知识产权发展.
    """
    joined = list(dict.fromkeys(_joined_titles(subject)))
    for before, word, after in joined:
        others = "".join(other for other in _CONJUNCTIONS if other != word)
        if any(a == before and b == after and other != word for a, other, b in joined):
            continue
        pattern = re.compile(f"{before}([{others}]){after}")
        for passage in subject.printed("zh"):
            for found in pattern.finditer(passage.text):
                message = f"“{found.group()}” is “{before}{word}{after}” in the title"
                yield at(passage, *found.span(), message, f"write {word} in both places")


@rule("HK117", Severity.WARNING)
def keynotes_have_one_word(subject: Subject) -> Iterator[Remark]:
    """A keynote is called by one word.

    A session labelled 主旨发言 whose captions say 主旨演讲 names the same thing in two ways. The captions' word comes
    from the labels of the edition (`act.keynote` in `templates/i18n/zh-Hans.yaml`); a publication may have its own.
    """
    if "zh" not in subject.labels or not any(part.role is Role.KEYNOTE for part in subject.parts):
        return
    words = [found.group() for found in _KEYNOTE.finditer(subject.labels["zh"]["act.keynote"])]
    for passage in subject.printed("zh") if words else ():
        if passage.file != "programme.yaml" or passage.kind not in {Kind.HEADING, Kind.CAPTION}:
            continue
        for found in _KEYNOTE.finditer(passage.text):
            if found.group() not in words:
                message = f"“{found.group()}” here, “{words[0]}” in the captions"
                yield at(passage, *found.span(), message, f"write {words[0]}, or give the captions this word")


@rule("HK118", Severity.NOTE)
def terms_of_the_title_keep_their_order(subject: Subject) -> Iterator[Remark]:
    """A term of the title keeps the order of its parts.

    假冒侵权 beside 侵权假冒 in the title of the event reads like another thing.
    """
    booklet = subject.publication.booklet
    title = variant(booklet.title, "zh", " ")
    swapped = {
        found[2] + found[1]: found[1] + found[2] for found in re.finditer(f"(?=([{HAN}]{{2}})([{HAN}]{{2}}))", title)
    }
    for passage in subject.prose("zh"):
        for form, term in swapped.items():
            for found in re.finditer(re.escape(form), passage.text):
                if form not in title and form != term:
                    yield at(passage, *found.span(), f"“{form}” is “{term}” in the title", f"write {term}")


@rule("HK119", Severity.WARNING)
def captions_are_worded_alike(subject: Subject) -> Iterator[Remark]:
    """Captions are worded alike.

    Where the other captions say `出席“…”分论坛并致辞`, one that says `出席“…”分论坛参与…` has lost its 并. The words of
    a derived caption come from the labels `act.*`; a `caption:` of the appearance replaces it.
    """
    booklet = subject.booklets.get("zh")
    entries = [
        (session.id, entry, line.text)
        for session in (booklet.sessions if booklet else ())
        for entry in session.entries
        for line in entry.caption[-1:]
        if "”" in line.text
    ]
    deeds = [(id, entry, text.rpartition("”")[2]) for id, entry, text in entries]
    joined = [deed for _, _, deed in deeds if "并" in deed]
    if len(joined) < 3 or 2 * len(joined) <= len(deeds):
        return
    for session, entry, deed in deeds:
        if "并" not in deed:
            group = "hosts" if entry.anchor.startswith("host-") else "items"
            field = f"programme.yaml#sessions.{session}.{group}.{entry.key}"
            message = f"the caption says “{deed}”, {len(joined)} others “{joined[0]}”"
            yield on(field, message, f"give it a caption: with 并, or the labels act.{entry.role} this word")
