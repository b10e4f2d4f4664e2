"""What a session or a talk is, from the words its system has for it, in Chinese and English."""

from __future__ import annotations

import re

from huikan.content.model import Role, SessionKind

_BREAK = re.compile(
    r"\b(coffee|tea|lunch|dinner|breakfast|break|intermission|reception|registration|check-?in|doors open|social event"
    r"|pause|mittagspause|kaffeepause|party|banquet)\b|茶歇|午餐|晚餐|早餐|午休|休息|用餐|晚宴|签到|报到|注册",
    re.IGNORECASE,
)
_KINDS = (
    (SessionKind.BREAK, _BREAK),
    (
        SessionKind.KEYNOTE,
        re.compile(r"\b(key-?notes?|plenary|invited talks?)\b|主旨|主题演讲|特邀报告", re.IGNORECASE),
    ),
    (SessionKind.OPENING, re.compile(r"\b(opening|welcome)\b|开幕|致辞|欢迎", re.IGNORECASE)),
    (SessionKind.REPORT, re.compile(r"\breport (launch|release)\b|报告发布|成果发布", re.IGNORECASE)),
    (
        SessionKind.DISCUSSION,
        re.compile(
            r"\b(panels?|discussions?|round-?tables?|bof|debates?|q ?& ?a)\b|讨论|圆桌|对话|沙龙", re.IGNORECASE
        ),
    ),
)
_ROLES = {
    SessionKind.KEYNOTE: Role.KEYNOTE,
    SessionKind.DISCUSSION: Role.PANEL,
    SessionKind.REPORT: Role.REPORT,
}


def session_kind(*names: str) -> SessionKind | None:
    """The kind that the words name; None if they name none. The first word that tells wins."""
    return next((kind for name in names for kind, pattern in _KINDS if pattern.search(name)), None)


def is_break(title: str, type_name: str = "") -> bool:
    """Whether an entry without speakers is a break: lunch, coffee, registration."""
    return bool(_BREAK.search(type_name)) or (len(title) <= 60 and bool(_BREAK.search(title)))


def talk_role(type_name: str) -> Role | None:
    """What speakers of a talk of that type do, where the word tells."""
    kind = session_kind(type_name) if type_name else None
    return _ROLES.get(kind) if kind else None
