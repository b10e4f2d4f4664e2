"""The engine's document over a tree that is parsed already, with resources from this machine's own folders only."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import cssselect2
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from huikan.links import lies_in


class LocalFetcher(URLFetcher):  # type: ignore[misc]
    """Opens files below the given folders and nothing else; links out of them are not followed."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=("file",))
        self.folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file at a `file:` URL. Raises FatalURLFetchingError for any other."""
        path = self.path_of(url)
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime})

    def path_of(self, url: str) -> Path:
        """The file at a `file:` URL. Raises OutsideError for any other."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or parts.netloc or not any(lies_in(folder, path) for folder in self.folders):
            raise OutsideError(f"{url} is not in the publication's folder or among the built-in files")
        return path


class OutsideError(FatalURLFetchingError):  # type: ignore[misc]
    """A template or stylesheet asked for something outside."""


class TreeHTML(HTML):  # type: ignore[misc]
    """WeasyPrint's document over a tree that is parsed already."""

    def __init__(self, root: Element, base: Path, fetcher: URLFetcher) -> None:
        self.base_url = base.resolve().as_uri() + "/"
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


@contextmanager
def engine_messages() -> Iterator[list[str]]:
    """What the engine complains of while it works; it keeps off the terminal."""
    messages: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger, handler = logging.getLogger("weasyprint"), Collect(logging.WARNING)
    before, propagates = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield messages
    finally:
        logger.handlers, logger.propagate = before, propagates
