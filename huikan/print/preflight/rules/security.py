"""Encryption and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import Severity
from huikan.print.preflight.profile import Profile
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

    from huikan.print.preflight.profile import Asked

MAX_VISITED = 20_000
MAX_NESTING = 12


def check_encryption(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """PDF/X and PDF/A forbid encryption; on an office printer it matters when it forbids printing."""
    if not pdf.is_encrypted:
        return
    if asked.profile is Profile.PRINT and pdf.allow.print_highres:
        return
    yield PreflightFinding(
        "encrypted",
        Severity.ERROR,
        "the file is encrypted",
        "save it without password and restrictions",
    )


def check_javascript(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """No script in the catalog, the name tree, pages, annotations or form fields."""
    for page, holder in _holders(pdf):
        if _holds_script(holder):
            yield PreflightFinding(
                "javascript",
                Severity.ERROR if asked.profile is not Profile.PRINT else Severity.WARNING,
                "the file carries JavaScript",
                "export without scripts and form actions",
                page,
            )


def _holders(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Object]]:
    root = pdf.Root
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        if key in root:
            yield 0, root[key]
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield 0, names["/JavaScript"]
    for number, page in enumerate(pdf.pages, start=1):
        if "/AA" in page.obj:
            yield number, page.obj["/AA"]
        annotations = page.obj.get("/Annots")
        for annotation in annotations.as_list() if isinstance(annotations, pikepdf.Array) else ():
            for key in ("/A", "/AA"):
                if isinstance(annotation, pikepdf.Dictionary) and key in annotation:
                    yield number, annotation[key]


def _holds_script(start: Object) -> bool:
    """Whether an action of type JavaScript is reachable; the search is bounded and follows no page."""
    waiting: list[tuple[Object, int]] = [(start, 0)]
    seen: set[tuple[int, int]] = set()
    for _ in range(MAX_VISITED):
        if not waiting:
            return False
        node, depth = waiting.pop()
        if not isinstance(node, pikepdf.Object) or depth > MAX_NESTING:
            continue
        if node.objgen != (0, 0):
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        if isinstance(node, pikepdf.Dictionary):
            if str(node.get("/S", "")) == "/JavaScript" or "/JS" in node:
                return True
            if str(node.get("/Type", "")) in ("/Page", "/Pages", "/Font"):
                continue
            waiting += [(child, depth + 1) for _, child in node.items()]
        elif isinstance(node, pikepdf.Array):
            waiting += [(child, depth + 1) for child in node.as_list()]
    return False
