"""Facts: one organisation has one name, and a short form only where it is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huikan.check.passages import HAN, Kind, Passage
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject, variant
from huikan.finding import Severity

# A body's name ends here, unless the next character makes it a post (局长), a word (部门) or a longer ending (委员会).
_ENDINGS = (
    "委员会|研究中心|中心(?!城|思|区)|集团|公司|联盟|组织|协会|学会|商会|联合会|基金会|政府|使馆|大使馆|领事馆|大学|学院"
    "|研究院|研究所|出版社|报社|日报社|法院|检察院|银行"
    "|总局(?!长)|局(?!长|势|面|部|限)|部(?!门|长|署|分|级|队|件|委)|署(?!长|名|理)|厅(?!长)|司(?!长|法|机)|院(?!长|士|校)|办公室"
)
_BODY = re.compile(f"[{HAN}（）]{{2,}}?(?:{_ENDINGS})")
_BEFORE = set("，。；：！？、（“《与和及由向同对在为是的将经据受被按代任从以")
_SHORTEST = 4
_COMMON_NOUNS = {
    "国际组织",
    "研究中心",
    "有限公司",
    "股份公司",
    "人民政府",
    "地方政府",
    "中国政府",
    "中央政府",
    "外国政府",
}


def units(name: str) -> list[str]:
    """The bodies of which a title or a long name consists: 中央宣传部 and 版权管理局 of 中央宣传部版权管理局局长."""
    return [unit.group() for unit in _BODY.finditer(name) if "副" not in unit.group()]


def is_abbreviation(short: str, full: str) -> bool:
    """Whether `short` is `full` with characters left out, both ending alike: 市场监管总局, 国家市场监督管理总局."""
    if short == full or len(short) >= len(full) or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


@dataclass(frozen=True)
class _Declared:
    """What organisations.yaml says: every form and the body it stands for, and forms that are to be corrected."""

    approved: dict[str, str]
    aliases: dict[str, str]

    @property
    def forms(self) -> list[str]:
        """Every form, longest first."""
        return sorted({*self.approved, *self.aliases}, key=len, reverse=True)


def _declared(subject: Subject, key: str) -> _Declared:
    approved: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for id, organisation in subject.publication.organisations.items():
        for text in (organisation.name, organisation.short):
            approved |= {variant(text, key): id} if variant(text, key) else {}
        aliases |= dict.fromkeys(organisation.aliases, id)
    return _Declared(approved, {form: id for form, id in aliases.items() if form not in approved})


def _occurrences(text: str, forms: list[str]) -> Iterator[tuple[int, str]]:
    """Where the forms stand, the longest one at each place."""
    if forms:
        for found in re.finditer("|".join(map(re.escape, forms)), text):
            yield found.start(), found.group()


@rule("HK103", Severity.WARNING)
def bodies_go_by_their_name(subject: Subject) -> Iterator[Remark]:
    """An organisation goes by its name or its approved short form.

    A form listed under `aliases:` in `organisations.yaml` is one that drafts contain and print must not.
    `--fix` writes the name in its place.
    """
    for key in ("zh", "en"):
        declared = _declared(subject, key)
        for passage in subject.printed(key):
            for start, form in _occurrences(passage.text, declared.forms):
                id = declared.aliases.get(form)
                if id is None:
                    continue
                name = variant(subject.publication.organisations[id].name, key)
                replacement = name if not re.search(r"[:#,{}\[\]]", name) else None
                message = f"“{form}” is not a form to print"
                yield at(passage, start, start + len(form), message, f"write {name}", replacement=replacement)


@rule("HK104", Severity.WARNING)
def bodies_have_one_form(subject: Subject) -> Iterator[Remark]:
    """An organisation that has no declared short form has one form.

    Bodies named in titles and in `organisations.yaml` are looked for in every text, also with characters left out:
    国家市场监管总局 and 市场监管总局 beside 国家市场监督管理总局, 上海市政府 beside 上海市人民政府. Write the full
    form, or declare the shorter one: `short:` if it may be printed, `aliases:` if it may not. Forms of fewer than four
    characters and the name of a department without its parent body are left alone.
    """
    declared = _declared(subject, "zh")
    full_forms = _full_forms(subject, declared)
    for passage in (each for each in subject.passages if each.language == "zh"):
        taken: list[tuple[int, int]] = []
        for start, form, full in _abbreviations(passage, full_forms):
            end = start + len(form)
            if form in declared.approved and _same_body(form, full, declared):
                continue
            if form in declared.aliases:
                continue
            if any(s < end and start < e for s, e in taken):
                continue
            taken.append((start, end))
            message = f"“{form}” stands for “{full}”"
            hint = (
                f"write {full}, or declare the form in organisations.yaml: short: if it may be printed, aliases: if not"
            )
            yield at(passage, start, end, message, hint)


def _same_body(form: str, full: str, declared: _Declared) -> bool:
    return full in declared.approved and declared.approved[full] == declared.approved.get(form)


def _full_forms(subject: Subject, declared: _Declared) -> list[str]:
    """Every body named in a title or declared, that is not itself an abbreviation of another."""
    named: set[str] = set()
    for passage in subject.passages:
        if passage.language == "zh" and passage.kind in {Kind.TITLE, Kind.BODY, Kind.CAPTION}:
            named |= set(units(passage.text))
    named |= set(declared.approved) | {
        unit for passage in subject.passages if passage.kind is Kind.NOTE for unit in _units_of_note(passage.text)
    }
    named = {form for form in named if len(form) > _SHORTEST}
    return sorted((form for form in named if not any(is_abbreviation(form, other) for other in named)), key=len)


def _units_of_note(note: str) -> list[str]:
    return units(note.rpartition("：")[2]) if "：" in note else []


def _abbreviations(passage: Passage, full_forms: list[str]) -> Iterator[tuple[int, str, str]]:
    """Where the text has a full form with characters left out; the longest form first."""
    text = passage.text
    found: list[tuple[int, str, str]] = []
    for full in (each for each in full_forms if each[-1] in text):
        for end in (place.end() for place in re.finditer(re.escape(full[-1]), text)):
            start = _reach(text, end, full)
            form = text[start:end]
            if (
                len(form) < _SHORTEST
                or form == full
                or form in _COMMON_NOUNS
                or 2 * len(form) < len(full)
                or "\n" in form
            ):
                continue
            if form[-2:] != full[-2:] and form[:2] != full[:2]:
                continue
            if start > 0 and text[start - 1] not in _BEFORE and re.match(f"[{HAN}]", text[start - 1]):
                continue
            if full.endswith(form) and _is_department(full, form):
                continue
            found.append((start, form, full))
    yield from sorted(found, key=lambda each: (-len(each[1]), each[0]))


def _reach(text: str, end: int, full: str) -> int:
    """How far left of `end` the text follows `full` with nothing but gaps in `full`."""
    start, left = end, len(full)
    while start > 0:
        place = full.rfind(text[start - 1], 0, left)
        if place < 0:
            break
        start, left = start - 1, place
    return start


def _is_department(full: str, form: str) -> bool:
    """Whether `form` is the last of the bodies in `full`: 版权管理局 of 中央宣传部版权管理局."""
    parent = full[: -len(form)]
    return bool(re.search(f"(?:{_ENDINGS})$", parent))


@rule("HK105", Severity.NOTE)
def short_forms_of_companies_are_declared(subject: Subject) -> Iterator[Remark]:
    """A company's short form is declared.

    A summary that calls the speaker's company by the first characters of its name (创维 for 创维数字股份有限公司)
    uses a short form that `organisations.yaml` should know: declare it as `short:` or write the name.
    """
    approved = _declared(subject, "zh").approved
    for part in subject.parts:
        title = variant(part.appearance.title or subject.person(part).title, "zh")
        companies = [unit for unit in units(title) if unit.endswith(("公司", "集团"))][:1]
        for company in companies:
            brand = company[:2]
            if any(brand == form for form in approved):
                continue
            for block in subject.summary_blocks(part, "zh"):
                found = re.search(f"{re.escape(brand)}(?!{re.escape(company[2])})", block.text)
                if found:
                    message = f"“{brand}” is short for “{company}”, and not declared"
                    hint = f"declare it as short: of {company} in organisations.yaml, or write the name"
                    yield at(block, found.start(), found.end(), message, hint)
                    break
