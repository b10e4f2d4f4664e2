"""Files as one stream, the same bytes for the same files: how content travels to a worker and booklets come back."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast


def pack(files: Mapping[str, Path], target: BinaryIO) -> None:
    """Write the files, by their names, to `target`, one after the other."""
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name, path in files.items():
            with path.open("rb") as file:
                entry = tarfile.TarInfo(name)
                entry.size = path.stat().st_size
                archive.addfile(entry, file)


def packed(files: Mapping[str, Path]) -> bytes:
    """The stream of `pack` in memory."""
    target = io.BytesIO()
    pack(files, target)
    return target.getvalue()


def unpack(source: BinaryIO, folder: Path) -> None:
    """Write the files of a stream below `folder`. Raises ValueError for a name that leads out of it."""
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for entry, file in _entries(archive):
            path = folder / entry.name
            if not path.resolve().is_relative_to(folder.resolve()):
                raise ValueError(f"{entry.name} leads out of the folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as target:
                while block := file.read(1 << 20):
                    target.write(block)


def unpacked(source: BinaryIO) -> dict[str, bytes]:
    """The files of a stream by name, in its order."""
    with tarfile.open(fileobj=source, mode="r|") as archive:
        return {entry.name: file.read() for entry, file in _entries(archive)}


def _entries(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, BinaryIO]]:
    for entry in archive:
        file = archive.extractfile(entry) if entry.isreg() else None
        if file is None:
            raise ValueError(f"{entry.name} is no file")
        yield entry, cast(BinaryIO, file)
