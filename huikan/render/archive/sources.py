"""What an archive carries: all that is needed to build it again, the Word copy, and a list of both."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from huikan.content.photos import SUFFIXES, State, state_of
from huikan.finding import ContentError, Finding, Severity
from huikan.render.workshop import PictureDigest

if TYPE_CHECKING:
    from huikan.render.archive.attachments import Attachment

_DESIGN_FOLDERS = ("styles", "templates")


class PublicationFiles(Mapping[str, bytes]):
    """The files of a publication by name, sorted. Each is read when it is asked for: photographs can be many."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self.paths = {name: paths[name] for name in sorted(paths)}
        self._digests: dict[str, tuple[State, bytes]] = {}

    def __getitem__(self, name: str) -> bytes:
        return self.paths[name].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def sha256(self, name: str) -> bytes:
        """The digest of a file, which is read once for it."""
        if name not in self._digests:
            state = state_of(self.paths[name])
            with self.paths[name].open("rb") as file:
                self._digests[name] = state, hashlib.file_digest(file, "sha256").digest()
        return self._digests[name][1]

    def remember(self, name: str, state: State, sha256: str) -> None:
        """Do not read a file for the digest that it has in that state, told in hexadecimal digits."""
        if name in self.paths:
            self._digests[name] = state, bytes.fromhex(sha256)

    def pictures_known(self) -> tuple[PictureDigest, ...]:
        """The pictures whose digests were asked for, so that nobody need read them for it again."""
        pictures = (name for name in self._digests if name.lower().endswith(SUFFIXES))
        known = ((str(self.paths[name]), *self._digests[name]) for name in pictures)
        return tuple(PictureDigest(path, state, digest.hex()) for path, state, digest in known)


def publication_files(folder: Path, read: Iterable[Path]) -> PublicationFiles:
    """The publication: the files that were `read`, and its own stylesheets and templates.

    Hidden files, which systems and editors leave behind, are none of it.
    """
    design = (path for name in _DESIGN_FOLDERS for path in (folder / name).rglob("[!.]*") if path.is_file())
    return PublicationFiles(
        {os.path.normpath(path.relative_to(folder)).replace(os.sep, "/"): path for path in (*read, *design)}
    )


def archive_attachments(
    sources: Mapping[str, bytes], word_copy: tuple[str, bytes], manifest: bytes
) -> tuple[Attachment, ...]:
    """What to embed. `word_copy` is the name and content of the DOCX.

    Raises ContentError for sources with names that could not be taken out of the PDF on every system.
    """
    from huikan.render.archive.attachments import MANIFEST, Attachment, Relationship, unfit_names

    unfit = unfit_names((*sources, word_copy[0], MANIFEST))
    if unfit:
        hint = "rename it: letters, digits, hyphens and single dots; no name that differs from another by case alone"
        raise ContentError(
            Finding("HK135", Severity.ERROR, f"an archive cannot hold a file of this name: {name!r}", hint, name)
            for name in unfit
        )
    return (
        *(Attachment(name, content, Relationship.SOURCE, "Source") for name, content in sources.items()),
        Attachment(*word_copy, Relationship.ALTERNATIVE, "Editable copy of the same text"),
        Attachment(MANIFEST, manifest, Relationship.DATA, "The embedded files with their SHA-256"),
    )
