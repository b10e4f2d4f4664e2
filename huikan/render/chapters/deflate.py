"""Streams of a PDF deflated in several threads, and not again when they were deflated before."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from huikan.render.chapters import engine

_LEVEL = 9
"""The engine's own level: bytes are the same whoever deflates."""


class Deflater:
    """Remembers the streams of the last file: an edition that is set again mostly has the same faces."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._known: dict[bytes, bytes] = {}

    def deflate(self, pdf: Any) -> None:
        """Deflate those streams of the engine's file that it would deflate when it is written."""
        streams = [each for each in pdf.objects if isinstance(each, engine.pydyf.Stream) and _is_ready(each)]
        contents = {b"\n".join(stream.stream): None for stream in streams}
        fresh = [content for content in contents if content not in self._known]
        with ThreadPoolExecutor(self._jobs) as threads:  # zlib works outside the interpreter's lock
            made = dict(zip(fresh, threads.map(_deflated, fresh), strict=True))
        self._known = {content: made.get(content) or self._known[content] for content in contents}
        for stream in streams:
            content = self._known[b"\n".join(stream.stream)]
            stream.stream, stream.compress = [content], False
            stream.extra = {**stream.extra, "Filter": "/FlateDecode"}


def _is_ready(stream: Any) -> bool:
    return stream.compress and all(isinstance(part, bytes) for part in stream.stream)


def _deflated(content: bytes) -> bytes:
    deflater = zlib.compressobj(level=_LEVEL)
    return deflater.compress(content) + deflater.flush()
