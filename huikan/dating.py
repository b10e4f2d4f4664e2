"""The moment that files claim to be written at: the same for the same content, wherever and whenever it is built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from huikan.finding import ContentError, Finding, Severity

VARIABLE = "SOURCE_DATE_EPOCH"


def document_time(event: dt.date, environment: Mapping[str, str]) -> dt.datetime:
    """`SOURCE_DATE_EPOCH` in seconds (reproducible-builds.org/specs/source-date-epoch), else the event's day, in UTC.

    Raises ContentError when the variable is set to what is no such number.
    """
    seconds = environment.get(VARIABLE, "")
    if not seconds:
        return dt.datetime(event.year, event.month, event.day, tzinfo=dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = f"unset it, or give it seconds since 1970: {VARIABLE}=$(git log -1 --format=%ct)"
        raise ContentError([Finding("HK063", Severity.ERROR, f"{VARIABLE} is {seconds!r}", hint)]) from error
