"""The forms that lines of an English outline take, beside the Chinese ones of `outline_grammar`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from huikan.content.model import OrganiserRole, Role, SessionKind
from huikan.importers.names import has_post
from huikan.importers.source_text import compact, is_latin

_PART = re.compile(r"^\[\s*(?P<name>[^\[\]]{1,90}?)\s*\]\s*:?$")
_BARE_PARTS = {"programme", "program", "agenda", "basic information", "introduction", "background", "about the forum"}
_PROGRAMME = re.compile(r"\b(?:programme?|agenda|schedule|basic information|list of speakers)\b")
_INTRODUCTION = re.compile(r"\b(?:introduction|background|overview|about)\b")
_HEADING = re.compile(r"^(?P<label>[A-Z\d][^:：.!?;“”\"]{0,90}):(?:\s+(?P<rest>.*))?$")
_SESSION = re.compile(
    r"\b(?:opening|closing|welcom\w*|keynotes?|address(?:es)?|remarks|speech(?:es)?|talks?|panels?|discussions?|dialogues?"
    r"|round ?tables?|sessions?|presentations?|reports?|release|launch|break|lunch|ceremony)\b"
)
_BARE_SESSION = re.compile(
    r"^(?:keynotes?|addresses|remarks|speech(?:es)?|talks|panel|discussions?|dialogues?|session|presentations|report"
    r"|break|lunch|ceremony)$"
)
_LONE_SESSIONS = {
    "opening",
    "closing",
    "close",
    "welcome",
    "registration",
    "reception",
    "dinner",
    "conclusions",
    "wrap-up",
}
_SMALL = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_HOSTS = re.compile(
    r"^(?:(?:panel |session |discussion )?(?:moderators?|chairs?|chairpersons?|facilitators?)|moderators?/chairs?"
    r"|(?:moderated|chaired|facilitated) by|masters? of ceremon\w+|mc)$"
)
_ROLE_LABEL = re.compile(
    r"^(?:(?:keynote|opening|invited|guest|welcome|panel|main|featured|distinguished) )*"
    r"(?:speakers?|panell?ists?|discussants?|presenters?|guests?|participants?|(?:speech(?:es)?|remarks|address) by)$"
)
_TITLE = re.compile(r"^(?:The\s+)?(?P<kind>[A-Z][\w-]*(?: [\w-]+){0,2}?)(?:\s+on)?\s*[“\"](?P<title>[^”\"]+)[”\"]$")
_KIND_BEHIND = re.compile(r"^[“\"](?P<title>[^”\"]+)[”\"]\s+(?P<kind>[A-Z][\w-]*(?: [\w-]+){0,2})$")
_NUMBER = re.compile(r"\s+(?:[IVX]+|\d+|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive)$")
_KINDS = (
    (re.compile(r"\b(?:break|lunch|coffee|tea)\b"), SessionKind.BREAK),
    (re.compile(r"\b(?:opening|welcom\w*)\b"), SessionKind.OPENING),
    (re.compile(r"\b(?:report|release|launch)\b"), SessionKind.REPORT),
    (re.compile(r"\bkeynotes?\b"), SessionKind.KEYNOTE),
    (re.compile(r"\b(?:discussions?|dialogues?|round ?tables?)\b"), SessionKind.DISCUSSION),
    (re.compile(r"\b(?:speech(?:es)?|talks?|panels?|presentations?)\b"), SessionKind.PANEL),
)
_VERB = (
    r"(?:deliver|gives?\b|gave\b|giving\b|makes?\b|made\b|making\b|present|join|moderat|chair(?:s|ed|ing)\b|speak(?:s|ing)?\b"
    r"|spoke\b|participat|tak(?:es|ing) part|took part|launch|releas)"
)
_FORUM = r"(?P<kind>[\w -]{0,30}?)\s*[“\"](?P<forum>[^”\"]+)[”\"]\s*(?P<kind_behind>[A-Za-z-]{0,20})"
_MODE = r"(?P<mode>[,(]?\s*(?:by|via|through) (?:video|remote)[\w -]*\)?|[,(]?\s*(?:online|remotely)\)?)?"
_CAPTIONS = (
    re.compile(
        rf"^(?P<who>[^“”\"]*?)[,\s]*\b(?P<act>{_VERB}[^“”\".!?;]{{0,160}}?)\s+(?:at|during|in)\s+(?:the\s+)?{_FORUM}\s*{_MODE}$"
    ),
    re.compile(
        rf"^(?P<who>[^“”\"]*?)[,\s]*\battend(?:s|ed|ing)\s+(?:the\s+)?{_FORUM}\s*{_MODE}"
        rf",?\s*(?:(?:and|to)\s+)?(?P<act>{_VERB}[^“”\".!?;]{{0,160}})$"
    ),
)
_LONGEST_CAPTION = 400
_ACTS = (
    (re.compile(r"^(?:moderat|chair)"), Role.MODERATOR),
    (re.compile(r"\bkeynote"), Role.KEYNOTE),
    (re.compile(r"^(?:present|launch|releas)\w*\b.*\breport"), Role.REPORT),
    (re.compile(r"\b(?:address|remarks|welcome)"), Role.ADDRESS),
    (re.compile(r"^(?:join|participat|tak|took)"), Role.PANEL),
    (re.compile(r"^(?:speak|spoke|deliver|g[ai]v|giving|ma[dk]|present)"), Role.SPEECH),
)

FACTS: Mapping[str, str] = {
    "date": "date",
    "time": "date",
    "date and time": "date",
    "date & time": "date",
    "time and date": "date",
    "venue": "venue",
    "place": "venue",
    "location": "venue",
    "series": "series",
}
"""Labels, in lower case, of lines that state one fact of the event."""

ORGANISERS: Mapping[str, OrganiserRole] = {
    **dict.fromkeys(("hosted by", "co-hosted by", "jointly hosted by", "host", "hosts"), OrganiserRole.HOST),
    **dict.fromkeys(
        ("organised by", "organized by", "organiser", "organisers", "organizer", "organizers", "undertaken by"),
        OrganiserRole.ORGANISER,
    ),
    **dict.fromkeys(
        ("co-organised by", "co-organized by", "co-organiser", "co-organisers", "co-organizer", "co-organizers"),
        OrganiserRole.CO_ORGANISER,
    ),
    **dict.fromkeys(("supported by", "supporter", "supporters", "sponsored by"), OrganiserRole.SUPPORTER),
}
"""What a body does, by the label in lower case."""


def part_name(text: str) -> str | None:
    """The name of a line [Programme], or of one that is nothing but such a name."""
    match = _PART.match(text)
    if match and is_latin(match["name"]):
        return match["name"]
    return text.rstrip(":") if text.rstrip(":").casefold() in _BARE_PARTS else None


def is_programme(name: str) -> bool:
    """Whether a part of that name holds the programme."""
    return bool(_PROGRAMME.search(name.casefold()))


def is_introduction(name: str) -> bool:
    """Whether a part of that name holds the introduction."""
    return bool(_INTRODUCTION.search(name.casefold()))


def label_and_rest(text: str) -> tuple[str, str] | None:
    """A line that begins with a label and a colon: words like those of a title."""
    match = _HEADING.match(text)
    if not match or not is_latin(match["label"]):
        return None
    words = match["label"].split()
    is_titled = (
        len(words) < 3
        or match["label"].casefold() in FACTS
        or all(word in _SMALL or not word[0].islower() for word in words[1:])
    )
    return (match["label"].strip(), (match["rest"] or "").strip()) if is_titled else None


def bare_heading(text: str) -> str | None:
    """A line that is nothing but the name of a session, such as Keynote Speeches or Panel Discussion II.

    A post and a body, as in Editor-in-Chief, World Water Report, are somebody's title.
    """
    if text.casefold() in _LONE_SESSIONS:
        return text
    post, comma, _ = text.partition(",")
    if comma and any(has_post(word) for word in post.split() if word.casefold() not in _SMALL):
        return None
    words = _NUMBER.sub("", text).split()
    is_titled = 0 < len(words) <= 8 and all(word in _SMALL or word[0].isupper() for word in words)
    return text if is_titled and is_latin(text) and _BARE_SESSION.search(words[-1].casefold()) else None


def names_session(label: str) -> bool:
    """Whether a label or the name of a part is that of a session."""
    return is_latin(label) and bool(_SESSION.search(label.casefold()))


def is_hosts(label: str) -> bool:
    """Moderators:"""
    return bool(_HOSTS.match(" ".join(label.casefold().split())))


def is_role_label(label: str) -> bool:
    """Speakers:"""
    return bool(_ROLE_LABEL.match(" ".join(label.casefold().split())))


def title_and_kind(text: str) -> tuple[str, str] | None:
    """Of Sub-forum on “River Care”, or “River Care” Sub-forum, the title and the kind."""
    match = _TITLE.match(text) or _KIND_BEHIND.match(text)
    return (match["title"].strip(), match["kind"].strip()) if match and is_latin(text) else None


def label_cores(label: str) -> tuple[str, ...]:
    """The sorts of session that a label names: Opening Addresses and Thematic Speeches I → two."""
    parts = (_NUMBER.sub("", part.strip()) for part in re.split(r"[,/&]|\band\b", label))
    bare = (re.sub(r"^the\s+|\s*sessions?$", "", part.casefold()) for part in parts)
    cores = (compact(part).removesuffix("s") for part in bare)
    return tuple(core for core in cores if core) or (compact(label),)


def session_kind(label: str) -> SessionKind | None:
    """The kind a label speaks of; None if it does not say."""
    return next((kind for pattern, kind in _KINDS if pattern.search(label.casefold())), None)


def caption_parts(text: str) -> tuple[str, str, str, bool, Role | None, str] | None:
    """Of `[Ada Osei, Director,] speaking at the Forum “Tides” (by video)`: who, forum, kind, by video, role, scope."""
    if not text or len(text) > _LONGEST_CAPTION or not re.search('[“"]', text) or not is_latin(text):
        return None
    lowered = text[0].lower() + text[1:] if text[0].isascii() else text
    match = next((found for pattern in _CAPTIONS for form in (lowered, text) if (found := pattern.match(form))), None)
    if not match or len(match["who"]) > 160:
        return None
    who = text[: len(match["who"])].strip(" ,")
    role = next((role for pattern, role in _ACTS if pattern.search(match["act"])), None)
    scope = re.sub(r"^\w+\s*", "", match["act"]) if role is Role.MODERATOR else ""
    kind = (match["kind_behind"] or match["kind"]).strip()
    return who, match["forum"].strip(), kind, bool(match["mode"]), role, scope.strip()
