"""Files of a build, written all or none: first beside their targets, renamed when every one is whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST = "manifest.json"
_PREFIX, _SUFFIX = ".huikan-", ".part"


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of a build. `pages` is 0 for a face that has none."""

    name: str
    edition: str
    language: str
    pages: int
    bytes: int
    sha256: str

    @property
    def extent(self) -> str:
        """How many pages it has; of a face without pages, how large it is."""
        if self.pages:
            return "1 page" if self.pages == 1 else f"{self.pages} pages"
        return f"{self.bytes / 1e6:.1f} MB" if self.bytes >= 1e6 else f"{self.bytes / 1e3:.0f} kB"


def describe(name: str, edition: str, language: str, pages: int, content: bytes) -> BuiltFile:
    """The manifest's line for a file."""
    return BuiltFile(name, edition, language, pages, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file of an earlier build: of which publication, and the digest of the texts that it was made from."""

    publication: str
    texts: str
    file: BuiltFile


def manifest(
    publication: str,
    files: tuple[BuiltFile, ...],
    engines: Mapping[str, str],
    sources: Mapping[str, bytes] | None = None,
    *,
    texts: str = "",
    earlier: Sequence[EarlierFile] = (),
) -> bytes:
    """`manifest.json`: every file of the build with its hash and pages, and the versions of the engines.

    `sources`, by name, are listed with their hashes where the manifest goes with them. `texts` is the digest of the
    texts of this build; files of `earlier` ones have that of theirs.
    """
    listing: dict[str, object] = {"publication": publication, "engines": dict(engines)}
    listing |= {"texts": texts} if texts else {}
    listing["files"] = [asdict(file) for file in files]
    if earlier:
        listing["earlier"] = [
            {"publication": each.publication, "texts": each.texts, **asdict(each.file)} for each in earlier
        ]
    if sources is not None:
        hashes = ((name, hashlib.sha256(content).hexdigest()) for name, content in sources.items())
        listing["sources"] = [{"name": name, "sha256": sha256} for name, sha256 in hashes]
    return (json.dumps(listing, ensure_ascii=False, indent=2) + "\n").encode()


def earlier_files(folder: Path, replaced: Collection[str]) -> tuple[EarlierFile, ...]:
    """What the manifest in `folder` lists and still stands there as it was written, sorted by name.

    Files whose names are `replaced` are left out, and so is what the manifest of anybody else says.
    """
    try:
        listing = json.loads((folder / MANIFEST).read_bytes())
        entries = [
            *({"publication": listing["publication"], "texts": listing["texts"]} | file for file in listing["files"]),
            *listing.get("earlier", ()),
        ]
        listed = [
            EarlierFile(str(entry.pop("publication")), str(entry.pop("texts")), BuiltFile(**entry)) for entry in entries
        ]
        standing = [each for each in listed if each.file.name not in replaced and _stands(folder, each.file)]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()
    return tuple(sorted(standing, key=lambda each: each.file.name))


def _stands(folder: Path, file: BuiltFile) -> bool:
    path = folder / file.name
    if Path(file.name).name != file.name or not path.is_file() or path.stat().st_size != file.bytes:
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


def remove_unfinished(folder: Path) -> None:
    """Remove what a process that was killed while it wrote into `folder` has left there."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def replace_all(folder: Path, contents: Mapping[str, bytes], *, durable: bool = False) -> None:
    """Write every file of `contents` (name → bytes) into `folder`.

    Each is written beside its target first; only when all are written are they renamed, the last one last. A failure
    before that leaves the folder as it was. Only what is `durable`, what an editor wrote, is waited for until it is on
    the disk; what a power cut takes of a build's files, the next build makes again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in contents:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / name))
    written: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            handle, temporary = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
            written.append((Path(temporary), folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
        for temporary_path, target in written:
            temporary_path.replace(target)
    finally:
        for temporary_path, _ in written:
            temporary_path.unlink(missing_ok=True)
