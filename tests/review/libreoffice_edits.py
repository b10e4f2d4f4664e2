"""Edits a document in LibreOffice through its API, as several authors with changes recorded.

Run by a Python that has `uno`: libreoffice_edits.py IN.docx OUT.docx EDITS.json. Each edit is a map:
`author`, `do` (replace, split, delete-paragraph, insert-paragraph, bold, comment, reply), `find`, and `text`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

PARAGRAPH_BREAK = 0
BOLD = 150.0


def value(name: str, content: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


class Office:
    """A LibreOffice of its own, with a profile of its own."""

    def __init__(self, profile: str) -> None:
        pipe = f"huikan{time.time_ns()}"
        self.process = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation=file://{profile}",
                f"--accept=pipe,name={pipe};urp;",
            ]
        )
        resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        for _ in range(240):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.25)
        else:
            raise SystemExit("LibreOffice does not answer")
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def become(self, author: str) -> None:
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (value("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        access.setPropertyValue("givenname", author)
        access.setPropertyValue("sn", "")
        access.commitChanges()


def main() -> None:
    source, target, edits = (Path(argument).resolve() for argument in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as profile:
        office = Office(profile)
        try:
            document = office.desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (value("Hidden", True),))
            document.RecordChanges = True
            comments: list[tuple[dict[str, str], Any]] = []
            for edit in json.loads(edits.read_text(encoding="utf-8")):
                office.become(edit["author"])
                if edit["do"] in {"comment", "reply"}:
                    comments.append((edit, found_cursor(document, edit["find"]) if edit["do"] == "comment" else None))
                else:
                    apply(document, edit)
            close_view(document)
            for edit, cursor in comments:
                if cursor is not None:
                    annotate(document, cursor, edit, None)
                else:
                    first = comment_saying(document, edit["find"])
                    annotate(document, first.Anchor.End, edit, first)
            document.storeToURL(target.as_uri(), (value("FilterName", "MS Word 2007 XML"),))
            document.close(True)
        finally:
            try:
                office.desktop.terminate()
            except Exception:  # the bridge breaks as the office goes
                office.process.terminate()
            office.process.wait(60)


def close_view(document: Any) -> None:
    """Leave the document without a view: a LibreOffice without a display has no windows for comments."""
    controller = document.CurrentController
    controller.Frame.setComponent(None, None)


def found_cursor(document: Any, words: str) -> Any:
    """A cursor over the first place of words outside the contents."""
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    found = document.findFirst(search)
    while found is not None and found.ParaStyleName.startswith(("Contents", "TOC")):
        found = document.findNext(found.End, search)
    if found is None:
        raise SystemExit(f"not found: {words}")
    return found.Text.createTextCursorByRange(found)


def apply(document: Any, edit: dict[str, str]) -> None:
    cursor = found_cursor(document, edit["find"])
    text = cursor.Text
    if edit["do"] == "replace":
        cursor.setString(edit["text"])
    elif edit["do"] == "split":
        text.insertControlCharacter(cursor.End, PARAGRAPH_BREAK, False)
    elif edit["do"] == "delete-paragraph":
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        cursor.goRight(1, True)
        cursor.setString("")
    elif edit["do"] == "insert-paragraph":
        cursor.gotoEndOfParagraph(False)
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, edit["text"], False)
    elif edit["do"] == "bold":
        for name in ("CharWeight", "CharWeightAsian"):
            cursor.setPropertyValue(name, BOLD)


def annotate(document: Any, place: Any, edit: dict[str, str], first: Any) -> None:
    """Set a comment on a range, or behind `first` as an answer to it."""
    comment = document.createInstance("com.sun.star.text.textfield.Annotation")
    comment.Author, comment.Content = edit["author"], edit["text"]
    for name, parent in (("ParentName", "Name"), ("ParaIdParent", "ParaId")):
        if first is not None and comment.PropertySetInfo.hasPropertyByName(name):
            comment.setPropertyValue(name, first.getPropertyValue(parent))
    place.Text.insertTextContent(place, comment, first is None)


def comment_saying(document: Any, words: str) -> Any:
    fields = document.getTextFields().createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService("com.sun.star.text.textfield.Annotation") and field.Content == words:
            return field
    raise SystemExit(f"no comment says: {words}")


if __name__ == "__main__":
    main()
