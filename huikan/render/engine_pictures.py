"""Pictures as the layout engine asks for them: their size when pages are laid out, their pixels when painted."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.images import RasterImage

from huikan.render.document import LocalFetcher, OutsideError
from huikan.render.photographs import JPEG_FORMATS, header_of, opened, photograph_at, pixels_for
from huikan.render.resolution import LARGEST_PPI
from huikan.render.workshop import Workshop


class EnginePictures(dict[str, Any]):
    """The engine's images by URL: photographs of the publication, opened here; anything else is left to the engine.

    A photograph's name in the PDF comes from its content, not, as the engine's would, from where its folder is.
    """

    def __init__(self, fetcher: LocalFetcher, workshop: Workshop) -> None:
        super().__init__()
        self._fetcher = fetcher
        self._workshop = workshop

    def __contains__(self, url: object) -> bool:
        if not super().__contains__(url) and isinstance(url, str) and url.startswith("file:"):
            picture = self._photograph(url)
            if picture is not None:
                self[url] = picture
        return super().__contains__(url)

    def _photograph(self, url: str) -> Photograph | None:
        try:
            path = self._fetcher.path_of(url)
            header_of(path)
        except (OSError, OutsideError, ValueError):
            return None
        return Photograph(path, self._workshop)


class Photograph(RasterImage):  # type: ignore[misc]
    """A raster picture of which nothing but its header is read until it is painted."""

    def __init__(self, path: Path, workshop: Workshop) -> None:
        self.width, self.height, _, self._turned = header_of(path)
        self.ratio = self.width / self.height
        self.id = workshop.digest_of(path)[:32]
        self._path = path
        self._workshop = workshop
        self._dpi = LARGEST_PPI

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
        """The picture for the PDF, with `dpi_ratio` of its pixels in either direction, and never fewer."""
        if dpi_ratio == 1 and not self._turned and self._is_plain():
            content = self._path.read_bytes()
        else:
            size = math.ceil(self.width * dpi_ratio), math.ceil(self.height * dpi_ratio)
            content = photograph_at(self._path, pixels_for(self._path, size), self._workshop)
        with opened(io.BytesIO(content)) as picture:
            made = RasterImage(picture, self.id, content, options=DEFAULT_OPTIONS)
        return made.get_x_object(interpolate, 1)

    def _is_plain(self) -> bool:
        """Whether the engine can take the picture's own pixels: of inks in a TIFF or of 16 bits it cannot."""
        with opened(self._path) as picture:
            return picture.format in JPEG_FORMATS or not picture.mode.startswith(("I", "CMYK"))
