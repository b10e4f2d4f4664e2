"""A booklet on its way to a worker elsewhere and back, in the message itself or through shared storage."""

from __future__ import annotations

import io
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from huikan.build import BuildRequest, Built
from huikan.cache import Cache, cache_folder
from huikan.content.model import Edition
from huikan.dating import VARIABLE
from huikan.editions import engines
from huikan.outputs import MANIFEST
from huikan.series.packing import pack, packed, unpack
from huikan.series.worker import Failure, attempt

_ONE_AT_A_TIME = threading.Lock()
"""The layout engine keeps its state by process: a worker of several threads still sets one booklet at a time."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a worker needs. The content is `packed` here, or lies at `source`, and the files then go to `target`."""

    packed: bytes
    source: str
    target: str
    editions: tuple[Edition, ...]
    languages: tuple[str, ...]
    draft: bool
    cached: bool
    time: str
    engines: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A booklet that was built: its files `packed` here, or at the package's `target`."""

    built: Built
    packed: bytes


def package_of(
    request: BuildRequest, *, cached: bool, packed: bytes = b"", source: str = "", target: str = ""
) -> Package:
    """The package of a request, with what of this process's environment the bytes depend on."""
    time = os.environ.get(VARIABLE, "")
    asked = request.editions, request.languages, request.draft
    return Package(packed, source, target, *asked, cached, time, engines())


def build_package(package: Package) -> Delivery | Failure:
    """On the worker: unpack, build, pack."""
    if engines() != package.engines:
        here = ", ".join(f"{name} {version}" for name, version in engines().items())
        return Failure(message=f"the worker would set it differently, with {here}: install the same versions there")
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="huikan-", dir=_scratch()) as scratch:
        content, output = Path(scratch, "content"), Path(scratch, "output")
        with opened(package.source, "rb") if package.source else io.BytesIO(package.packed) as stream:
            unpack(stream, content)
        with _dated(package.time):
            request = BuildRequest(content, output, package.editions, package.languages, package.draft)
            cache = Cache(cache_folder(os.environ) if package.cached else None)
            result = attempt(request, cache, in_passing=True)
        if isinstance(result, Failure):
            return result
        files = {name: output / name for name in (*(file.name for file in result.files), MANIFEST)}
        if not package.target:
            return Delivery(result, packed(files))
        with opened(package.target, "wb") as stream:
            pack(files, stream)
        return Delivery(result, b"")


@contextmanager
def opened(url: str, mode: str) -> Iterator[BinaryIO]:
    """A file of the shared storage."""
    import fsspec

    with fsspec.open(url, mode) as stream:
        yield cast(BinaryIO, stream)


def _scratch() -> str | None:
    """The worker's own folder, which the cluster clears when a worker was killed."""
    from distributed import get_worker

    try:
        return str(get_worker().local_directory)
    except ValueError:
        return None


@contextmanager
def _dated(time: str) -> Iterator[None]:
    before = os.environ.pop(VARIABLE, None)
    if time:
        os.environ[VARIABLE] = time
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before
