"""The output intent: which printing condition the colours are meant for (ISO 32000-2 §14.11.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import Severity
from huikan.print.preflight.profile import Profile
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.profile import Asked

_SUBTYPES = {Profile.PRESS: "/GTS_PDFX", Profile.ARCHIVE: "/GTS_PDFA1"}


def check_output_intent(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """There is an intent for the profile, with a profile embedded or, for the press, a condition named."""
    wanted = _SUBTYPES[asked.profile]
    intents = pdf.Root.get("/OutputIntents")
    found = [
        intent
        for intent in (intents.as_list() if isinstance(intents, pikepdf.Array) else [])
        if isinstance(intent, pikepdf.Dictionary) and str(intent.get("/S")) == wanted
    ]
    if not found:
        yield _finding("output-intent-missing", f"the file has no output intent {wanted[1:]}", 0)
        return
    for intent in found:
        profile = intent.get("/DestOutputProfile")
        named = str(intent.get("/OutputConditionIdentifier", "")) if asked.profile is Profile.PRESS else ""
        if not isinstance(profile, pikepdf.Stream):
            if not named or named.lower() == "custom":
                yield _finding("output-intent-missing", "the output intent carries no ICC profile", 0)
        elif asked.profile is Profile.PRESS and int(profile.get("/N", 0)) != 4:
            yield _finding("output-intent-colour", "the output intent is not for CMYK", int(profile.get("/N", 0)))


def _finding(code: str, message: str, measured: int) -> PreflightFinding:
    return PreflightFinding(
        code,
        Severity.ERROR,
        message,
        "export with the ICC profile of the printing condition as output intent",
        measured=measured or None,
        limit=4 if measured else None,
        unit="components" if measured else "",
    )
