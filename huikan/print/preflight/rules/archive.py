"""What PDF/A and PDF/UA ask of the file as a whole (ISO 19005-3, ISO 14289-1); conformance itself is veraPDF's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import Severity
from huikan.print.preflight.report import PreflightFinding
from huikan.print.preflight.standards import claims_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

    from huikan.print.preflight.profile import Asked

RELATIONSHIPS = (
    "/Source", "/Data", "/Alternative", "/Supplement", "/EncryptedPayload", "/FormData", "/Schema", "/Unspecified",
)  # fmt: skip
MAX_ATTACHMENTS = 10_000


def check_identification(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """XMP names the PDF/A part and level (§6.6.4) and PDF/UA part 1 (ISO 14289-1 §5)."""
    claims = claims_of(pdf)
    if not claims.pdfa_part or (claims.pdfa_part != "4" and not claims.pdfa_conformance):
        yield _error("pdfa-id-missing", "XMP does not say that this is PDF/A", "export as PDF/A")
    if claims.pdfua_part != "1":
        yield _error("pdfua-id-missing", "XMP does not say that this is PDF/UA-1", "export as tagged PDF/UA-1")
    if not claims.title:
        yield _error("title-missing", "XMP carries no title (dc:title)", "give the document a title")


def check_tagging(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """Tagged, in a stated language (ISO 14289-1 §7.1, §7.2)."""
    mark = pdf.Root.get("/MarkInfo")
    marked = isinstance(mark, pikepdf.Dictionary) and bool(mark.get("/Marked", False))
    if not marked or not isinstance(pdf.Root.get("/StructTreeRoot"), pikepdf.Dictionary):
        yield _error("tags-missing", "the document is not tagged", "export as tagged PDF")
    if not str(pdf.Root.get("/Lang", "")).strip():
        yield _error("language-missing", "the document states no language", "set the document language (/Lang)")


def check_title_is_shown(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """The window shows the title, not the file name (ISO 14289-1 §7.1)."""
    preferences = pdf.Root.get("/ViewerPreferences")
    if not isinstance(preferences, pikepdf.Dictionary) or not preferences.get("/DisplayDocTitle", False):
        yield _error(
            "title-not-shown",
            "the viewer is not told to show the title",
            "set ViewerPreferences/DisplayDocTitle to true",
        )


def check_attachments(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """Each attached file says how it relates to the document, and is listed in /AF (§6.8)."""
    associated = pdf.Root.get("/AF")
    listed = {item.objgen for item in associated.as_list()} if isinstance(associated, pikepdf.Array) else set()
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    for specification in _leaves(tree):
        name = str(specification.get("/UF", specification.get("/F", "")))
        if str(specification.get("/AFRelationship", "")) not in RELATIONSHIPS:
            yield _attachment(name, "does not say how it relates to the document (AFRelationship)")
        elif specification.objgen not in listed:
            yield _attachment(name, "is not listed among the associated files (/AF)")


def _leaves(tree: Object | None) -> Iterator[Object]:
    """The values of a name tree; bounded, since a broken tree may contain itself."""
    waiting = [tree]
    for _ in range(MAX_ATTACHMENTS):
        if not waiting:
            return
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        pairs, kids = node.get("/Names"), node.get("/Kids")
        if isinstance(pairs, pikepdf.Array):
            yield from (value for value in pairs.as_list()[1::2] if isinstance(value, pikepdf.Dictionary))
        if isinstance(kids, pikepdf.Array):
            waiting += kids.as_list()


def _attachment(name: str, message: str) -> PreflightFinding:
    return PreflightFinding(
        "attachment-unrelated",
        Severity.ERROR,
        f"the attached file {name} {message}",
        "attach it with AFRelationship (Source, Data, Alternative …) and list it in the catalog's /AF",
        subject=name,
    )


def _error(code: str, message: str, advice: str) -> PreflightFinding:
    return PreflightFinding(code, Severity.ERROR, message, advice)
