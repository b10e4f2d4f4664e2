"""Running the rules over one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import pikepdf
import pypdfium2

from huikan.finding import Severity
from huikan.print.content_stream.walker import MALFORMED, ContentWalker
from huikan.print.pdf_file import bounded_decoding
from huikan.print.preflight.page import CheckedPage
from huikan.print.preflight.profile import Asked, Profile
from huikan.print.preflight.raster import holds_image_bomb, renderable
from huikan.print.preflight.registry import FILE_RULES, PAGE_RULES, SET_RULES
from huikan.print.preflight.report import PreflightFinding, PreflightReport, merged
from huikan.print.preflight.rules.bleed import check_bleed_artwork, reaches_trim
from huikan.print.preflight.rules.ink import InkNotMeasuredError, check_flat_ink, check_rendered_ink
from huikan.print.preflight.rules.ink_estimate import InkEstimate
from huikan.print.preflight.standards import claims_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

MAX_PAGES = 10_000
Subject = TypeVar("Subject")


def preflight(path: Path, profile: Profile, *, rendered: bool = True) -> PreflightReport:
    """Check the PDF at `path` for `profile`; `rendered=False` leaves out what needs a rendering.

    Never raises for what is in the file: a file that cannot be read is a finding too. Raises FileNotFoundError
    and other OSErrors when there is no file to read.
    """
    path.stat()
    with bounded_decoding():
        try:
            with pikepdf.open(path) as pdf:
                return _checked(path, pdf, profile, rendered=rendered)
        except pikepdf.PasswordError:
            return _unreadable(path, profile, "encrypted", "the file asks for a password", "save it without a password")
        except MALFORMED as error:
            said = str(error).replace(str(path), path.name)[:200]
            return _unreadable(path, profile, "file-damaged", f"this is no readable PDF: {said}", "export it again")


def _unreadable(path: Path, profile: Profile, code: str, message: str, advice: str) -> PreflightReport:
    finding = PreflightFinding(code, Severity.ERROR, message, advice)
    return PreflightReport(str(path), str(profile), 0, (finding,), ("everything else: the file was not read",))


def _checked(path: Path, pdf: pikepdf.Pdf, profile: Profile, *, rendered: bool) -> PreflightReport:
    asked = Asked(profile, claims_of(pdf).opaque_standard)
    findings = list(_repairs(pdf))
    for file_rule in FILE_RULES:
        if profile in file_rule.profiles:
            findings += _guarded(file_rule.check, pdf, asked)
    pages: list[CheckedPage] = []
    to_render = _ToRender(InkEstimate(pdf))
    for page in _read_pages(pdf):
        for page_rule in PAGE_RULES:
            if profile in page_rule.profiles:
                findings += _guarded(page_rule.check, page, asked)
        to_render.consider(page, asked)
        pages.append(page.without_content())
    for set_rule in SET_RULES:
        if profile in set_rule.profiles:
            findings += _guarded(set_rule.check, pages, asked)
    unchecked = list(to_render.left_out)
    if len(pdf.pages) > MAX_PAGES:
        unchecked.append(f"pages after {MAX_PAGES}")
    if rendered:
        findings += _bleed_findings(path, to_render.bleeding, asked, unchecked)
        findings += _ink_findings(path, to_render, asked, unchecked)
    elif to_render.bleeding or to_render.inky:
        unchecked.append("bleed artwork and total ink: nothing was rendered")
        findings += to_render.flat_ink
    ordered = sorted(merged(findings), key=lambda finding: finding.page)
    return PreflightReport(str(path), str(profile), len(pdf.pages), tuple(ordered), tuple(unchecked))


def _repairs(pdf: pikepdf.Pdf) -> Iterator[PreflightFinding]:
    """What qpdf had to mend to open the file; other readers may not manage it."""
    warnings = pdf.get_warnings()
    if warnings:
        yield PreflightFinding(
            "file-damaged",
            Severity.ERROR,
            f"the file is damaged and was read after repair: {str(warnings[0])[-200:]}",
            "export it again",
        )


def _read_pages(pdf: pikepdf.Pdf) -> Iterator[CheckedPage]:
    walker = ContentWalker()
    for number, page in enumerate(islice(pdf.pages, MAX_PAGES), start=1):
        yield CheckedPage.of(number, page, walker.walk(page))


def _guarded(
    check: Callable[[Subject, Asked], Iterable[PreflightFinding]], subject: Subject, asked: Asked
) -> list[PreflightFinding]:
    """The findings of one rule; where it meets an object that is not what it should be, that is a finding."""
    found: list[PreflightFinding] = []
    try:
        found.extend(check(subject, asked))
    except MALFORMED as error:
        what = check.__name__.removeprefix("check_").replace("_", " ")
        found.append(
            PreflightFinding(
                "file-damaged",
                Severity.ERROR,
                f"malformed objects: {what} could not be checked ({str(error)[:120]})",
                "export it again",
                getattr(subject, "number", 0),
                subject=what,
            )
        )
    return found


@dataclass(slots=True)
class _ToRender:
    """Pages that a rendering must decide about, without what they paint."""

    estimate: InkEstimate
    bleeding: list[CheckedPage] = field(default_factory=list)
    inky: list[CheckedPage] = field(default_factory=list)
    flat_ink: list[PreflightFinding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def consider(self, page: CheckedPage, asked: Asked) -> None:
        """Note whether `page` has artwork at its edges, or colours that may add up to too much ink."""
        bleed, ink = asked.limits.bleed_mm, asked.limits.total_ink_percent
        bleeds = bleed is not None and reaches_trim(page)
        inky = ink is not None and self.estimate.may_exceed(page, ink)
        if not (bleeds or inky):
            return
        if ink is not None:
            self.flat_ink += check_flat_ink(page, ink)
        if holds_image_bomb(page) or not renderable(page.media, page.unit):
            self.left_out.append(f"bleed artwork and total ink of page {page.number}: too large to render")
            return
        kept = page.without_content()
        if bleeds:
            self.bleeding.append(kept)
        if inky:
            self.inky.append(kept)


def _bleed_findings(path: Path, pages: list[CheckedPage], asked: Asked, unchecked: list[str]) -> list[PreflightFinding]:
    bleed = asked.limits.bleed_mm
    if not pages or bleed is None:
        return []
    try:
        return list(check_bleed_artwork(path, pages, bleed))
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
        unchecked.append(f"bleed artwork: the file could not be rendered ({error})")
        return []


def _ink_findings(path: Path, to_render: _ToRender, asked: Asked, unchecked: list[str]) -> list[PreflightFinding]:
    limit = asked.limits.total_ink_percent
    if not to_render.inky or limit is None:
        return []
    try:
        return list(check_rendered_ink(path, to_render.inky, limit))
    except InkNotMeasuredError as error:
        unchecked.append(f"total ink of pictures and overlaps, only of flat colours: {error}")
        return to_render.flat_ink
