"""Which stylesheets and templates a publication uses: its own before the built-in ones, then its theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.links import lies_in
from huikan.resources import builtin

DEFAULT_THEME = "default"
SHEETS = (
    *("tokens.css", "draft.css", "screen.css", "epub.css", "base.css"),
    *("cjk.css", "print.css", "press.css", "spine.css"),
)
"""The stylesheets that a design consists of."""
_THEME = re.compile(rb"^theme:[ ]*([a-z0-9-]+)[ ]*(?:[ ]#.*)?\r?$", re.MULTILINE)
_MOST_OF_A_BOOKLET = 1 << 16
"""Bytes, more than booklets have."""


@dataclass(frozen=True, slots=True)
class Design:
    """Where the look of a publication comes from. `styles` and `templates` are folders, nearest first.

    `own_styles` is the publication's own folder of them, if it has one.
    """

    styles: tuple[Path, ...]
    templates: tuple[Path, ...]
    theme: str
    own_styles: Path | None = None

    def sheet(self, name: str) -> Path | None:
        """The nearest stylesheet of that name, such as `print.css` or `themes/a5/tokens.css`."""
        return next((folder / name for folder in self.styles if (folder / name).is_file()), None)

    def cascade(self, *names: str) -> tuple[Path, ...]:
        """The sheets in cascading order: each name, followed by the theme's sheet of the same name."""
        found = []
        for name in names:
            found += [self.sheet(name), self.sheet(f"themes/{self.theme}/{name}")]
        return tuple(sheet for sheet in found if sheet is not None)


def file_of(sheet: Path) -> str:
    """A sheet's file as findings name it: from the publication's folder, `styles/print.css`."""
    _, folder, name = sheet.as_posix().rpartition("/styles/")
    return f"styles/{name}" if folder else str(sheet)


def design_of(publication: Path, theme: str) -> Design:
    """The design of the publication in that folder.

    Raises ContentError when there is no such theme, or when a file of its own design lies outside its folder or
    cannot be read.
    """
    styles = tuple(folder for folder in (publication / "styles", builtin("styles")) if folder.is_dir())
    templates = tuple(folder for folder in (publication / "templates", builtin("templates")) if folder.is_dir())
    if outside := [path.relative_to(publication) for path in _links_out(publication)]:
        raise ContentError(
            Finding(
                "HK098",
                Severity.ERROR,
                "a link out of the publication's folder, or to itself",
                "put the file itself here",
                file=str(path),
            )
            for path in outside
        )
    design = Design(styles, templates, theme, own if (own := publication / "styles").is_dir() else None)
    if unreadable := _unreadable(publication, design):
        raise ContentError(unreadable)
    if theme != DEFAULT_THEME and not any((folder / "themes" / theme).is_dir() for folder in styles):
        names = sorted({path.name for folder in styles for path in (folder / "themes").glob("*") if path.is_dir()})
        hint = f"write one of: {', '.join(dict.fromkeys([DEFAULT_THEME, *names]))}"
        raise ContentError(
            [Finding("HK099", Severity.ERROR, f"there is no theme {theme!r}", hint, file="booklet.yaml")]
        )
    return design


def _links_out(publication: Path) -> list[Path]:
    """What of its own design lies outside the folder, also behind links to folders that lie inside."""
    outside: list[Path] = []
    waiting, seen = [publication / "styles", publication / "templates"], set[Path]()
    while waiting:
        path = waiting.pop()
        if not lies_in(publication, path):
            outside.append(path)
        elif path.is_dir() and (real := path.resolve()) not in seen:
            seen.add(real)
            waiting += path.iterdir()
    return sorted(outside)


def reading_sheets(design: Design, draft: bool) -> tuple[Path, ...]:
    """The stylesheets of a page that is read, in cascading order."""
    return design.cascade("tokens.css", "base.css", "cjk.css", "print.css", *(["draft.css"] if draft else []))


def likely_theme(publication: Path) -> str:
    """The theme of the publication in that folder, as its line says, before anything of the content is checked.

    Raises OSError when it cannot be read.
    """
    with (publication / "booklet.yaml").open("rb") as file:
        line = _THEME.search(file.read(_MOST_OF_A_BOOKLET))
    return line[1].decode() if line else DEFAULT_THEME


def _unreadable(publication: Path, design: Design) -> list[Finding]:
    """The publication's own templates and sheets that are read under its theme, and cannot be."""
    if design.own_styles is None and not (publication / "templates").is_dir():
        return []
    from huikan.render.css.readable import unreadable

    styles, templates = publication / "styles", publication / "templates"
    sheets = [folder / name for folder in (styles, styles / "themes" / design.theme) for name in SHEETS]
    raws = {path: path.read_bytes() for path in templates.rglob("[!.]*.j2") if path.is_file()}
    read = [
        path
        for path in raws
        if (builtin("templates") / (name := path.relative_to(templates)).as_posix()).is_file()
        or any(name.as_posix().encode() in raw for other, raw in raws.items() if other != path)
    ]
    paths = sorted([*(path for path in sheets if path.is_file()), *read])
    problems = (unreadable(path, path.relative_to(publication).as_posix()) for path in paths)
    return [problem for problem in problems if problem]
