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
from typing import Any

from huikan.cache import Store
from huikan.fingerprint import prints_of

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


def earlier_files(folder: Path, replaced: Collection[str], kept: Store) -> tuple[EarlierFile, ...]:
    """What the manifest in `folder` lists and still stands there as it was written, sorted by name.

    Files whose names are `replaced` are left out, and so is each entry that is none of ours. `kept` knows the digests
    of files that were not touched since they were last read.
    """
    try:
        listing = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(listing, dict):
        return ()
    build = {key: listing[key] for key in ("publication", "texts") if key in listing}
    entries = [*(build | entry for entry in _maps_in(listing.get("files"))), *_maps_in(listing.get("earlier"))]
    listed = [each for each in map(_listed, entries) if each is not None and each.file.name not in replaced]
    here = [each for each in listed if _is_as_large(folder / each.file.name, each.file.bytes)]
    prints = prints_of((each.file.name for each in here), folder, kept) if here else {}
    standing = (each for each in here if prints.get(each.file.name) == each.file.sha256)
    return tuple(sorted(standing, key=lambda each: each.file.name))


def _maps_in(entries: object) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _listed(entry: Mapping[str, Any]) -> EarlierFile | None:
    """The file that an entry of a manifest tells of; None if it is not written as ours are."""
    facts = dict(entry)
    try:
        listed = EarlierFile(facts.pop("publication"), facts.pop("texts"), BuiltFile(**facts))
    except (KeyError, TypeError):
        return None
    file = listed.file
    words = (listed.publication, listed.texts, file.name, file.edition, file.language, file.sha256)
    is_ours = all(isinstance(word, str) for word in words) and all(
        type(number) is int for number in (file.pages, file.bytes)
    )
    return listed if is_ours and Path(file.name).name == file.name else None


def _is_as_large(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except (OSError, ValueError):
        return False


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
