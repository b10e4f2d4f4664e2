"""Sets chapters and furnishes pages: a pure function of its arguments under one set of stylesheets, in any process."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint import CSS
from weasyprint.urls import FatalURLFetchingError

from huikan.finding import ContentError, Finding, MissingSystemPartError, Severity
from huikan.render.chapters import engine
from huikan.render.chapters.corrections import PrintedNumber, exchange_numbers, printed_numbers
from huikan.render.chapters.deep_calls import called_with_room
from huikan.render.chapters.deflate import Deflater
from huikan.render.chapters.divide import Chapter, is_divisible, skeleton_of
from huikan.render.chapters.forked_faces import ForkedFaces
from huikan.render.chapters.furniture import FIRST_NAME, Furnisher, PageArea, Place
from huikan.render.chapters.order import Look
from huikan.render.chapters.paginate import Pagination, References, paginate
from huikan.render.chapters.paint import paint, paint_content, paint_ground
from huikan.render.chapters.painted import FontUse, LackingGlyph, PageKind, Painted
from huikan.render.chapters.styles import KnownStyles, shared_styles
from huikan.render.document import LocalFetcher, TreeHTML, engine_messages
from huikan.render.engine_pictures import EnginePictures
from huikan.render.glyphs import FaceGlyphs, missing_glyphs
from huikan.render.layout import KNOWN_VERSION, chinese_layout
from huikan.render.workshop import Workshop

_TOTAL = re.compile(r"[(,]\s*pages\b")
"""Where a stylesheet prints the number of all pages."""


class Resources:
    """What the engine reads once for one look: its faces and stylesheets.

    Raises ContentError for a stylesheet that asks for what lies outside.
    """

    def __init__(self, look: Look) -> None:
        self.fetcher = LocalFetcher([look.folder, *{sheet.parent for sheet in look.stylesheets}])
        self.faces = ForkedFaces()
        with engine_messages(), _resources_inside():
            self.sheets = [
                CSS(filename=sheet, font_config=self.faces, url_fetcher=self.fetcher) for sheet in look.stylesheets
            ]


@dataclass(frozen=True, slots=True)
class Proof:
    """A chapter laid out with guessed numbers, which are `printed` in its boxes, and what the engine said of it."""

    made: Pagination
    context: Any
    side: str
    printed: Sequence[PrintedNumber]
    messages: tuple[str, ...]


class Typesetter:
    """The engine made ready for one look: fonts found and stylesheets parsed once, whatever is set then."""

    def __init__(self, look: Look, root: Element, workshop: Workshop) -> None:
        self.look = look
        self.root = root
        self.workshop = workshop
        resources = workshop.kept(f"resources {look.kept_as}", lambda: Resources(look), look.digest)
        self.fetcher, self.faces, self.sheets = resources.fetcher, resources.faces, resources.sheets
        self._tells_all_pages = any(":nth(" in sheet for sheet in look.sheets)
        self._known = KnownStyles(tells_all_pages=self._tells_all_pages)
        self._glyphs: dict[str, FaceGlyphs] = {}
        self._areas: dict[PageKind, PageArea] = {}
        self._proofs: dict[str, Proof] = {}
        self._keeps_proofs = False
        self._frame: tuple[object, bytes] | None = None
        self._subsets: dict[str, tuple[frozenset[int], bytes]] = {}
        self._deflater = Deflater(workshop.jobs)
        self._furnishers: dict[object, Furnisher] = {}
        self.tells_total = any(_TOTAL.search(sheet) for sheet in look.sheets)

    @cached_property
    def options(self) -> dict[str, Any]:
        """The engine's options, with what the variant asks for.

        Raises MissingSystemPartError when that is tags and WeasyPrint is not the version whose boxes are known.
        """
        return self._options_of(self.look.variant)

    def _options_of(self, variant: str | None) -> dict[str, Any]:
        options = {**engine.DEFAULT_OPTIONS, "pdf_variant": variant, "dpi": self.look.ppi}
        if variant:
            _, properties = engine.VARIANTS[variant]
            options |= {key: value for key, value in properties.items() if options.get(key) is None}
            options["pdf_tags"] = properties.get("pdf_tags", False)
        if options["pdf_tags"] and weasyprint.__version__ != KNOWN_VERSION:
            raise MissingSystemPartError(
                f"tagged PDFs need WeasyPrint {KNOWN_VERSION}, {weasyprint.__version__} is installed:"
                f" pip install weasyprint=={KNOWN_VERSION}"
            )
        return options

    @cached_property
    def is_divisible(self) -> bool:
        """Whether the stylesheets let chapters be set by themselves."""
        return is_divisible(self.look.sheets)

    def styles_of_sections(self) -> dict[Element, Any]:
        """The computed style of each element directly in the body."""
        skeleton = skeleton_of(self.root)
        _, context = self._opened(skeleton)
        pairs = zip(self.root.findall("body/*"), skeleton.findall("body/*"), strict=True)
        return {element: context.style_for(copy) for element, copy in pairs}

    def set_chapter(self, chapter: Chapter, references: References, side: str) -> Painted:
        """The chapter's pages, the first on `side`, without furniture; not painted if they print guessed numbers."""
        return called_with_room(partial(self._set_chapter, chapter, references, side))

    @contextmanager
    def proofs_kept(self) -> Iterator[None]:
        """Chapters that are set with guessed numbers meanwhile keep their boxes, to be corrected when set again."""
        self._keeps_proofs = True
        try:
            yield
        finally:
            self._keeps_proofs = False

    def has_proof(self, chapter: Chapter) -> bool:
        """Whether the chapter was set with guessed numbers, and its boxes are at hand."""
        return bool(self._proofs) and chapter.digest in self._proofs  # without any, no chapter need be hashed

    @contextmanager
    def proofs_dropped(self) -> Iterator[None]:
        """No boxes are kept for longer than this lasts."""
        try:
            yield
        finally:
            self._proofs.clear()

    def _set_chapter(self, chapter: Chapter, references: References, side: str) -> Painted:
        with engine_messages() as messages, chinese_layout(), _resources_inside():
            proof = self._proofs.pop(chapter.digest, None) if self._proofs else None
            if proof is not None and proof.side == side and not references.guessed:
                made, context = proof.made, proof.context
                if exchange_numbers(proof.printed, made.structure, context, references.numbers):
                    messages[:0] = proof.messages
                    return self._painted(chapter, made, context, messages, is_blank=False)
            made, context = self._paginated(chapter, references, side)
            is_blank = references.guessed and bool(made.wanted or made.wants_own_number)
            if is_blank and self._keeps_proofs and not made.wants_own_number:
                printed = printed_numbers(made, context, references.numbers)
                if printed is not None:
                    self._proofs[chapter.digest] = Proof(made, context, side, printed, tuple(messages))
            return self._painted(chapter, made, context, messages, is_blank=is_blank)

    def _paginated(self, chapter: Chapter, references: References, side: str) -> tuple[Pagination, Any]:
        html, context = self._opened(chapter.root)
        self._restore_overflows(html, context)
        made = paginate(html, context, chapter, references, side)
        for page in made.pages:
            root, footnotes, notes = page.children
            page.children = (root, *(area for area in (footnotes, notes) if area.children))
        return made, context

    def _painted(
        self, chapter: Chapter, made: Pagination, context: Any, messages: Sequence[str], *, is_blank: bool
    ) -> Painted:
        """The pages painted, unless they are to be blank: then no more than what is known of them."""
        for page in made.pages if not is_blank else ():
            engine.lay_out_backgrounds(page, context.get_image_from_uri)
        document = SimpleNamespace(pages=[SimpleNamespace(_page_box=page) for page in made.pages])
        lacking = () if is_blank else missing_glyphs(document, chapter.root, self._glyphs)
        brushes = [] if is_blank else [paint_content]
        painted = {
            variant: paint(made.pages, brushes, self._options_of(variant), tree=chapter.root)
            for variant in (self.look.variant, *self.look.twins)
        }
        own, *twins = (
            Painted(
                b"" if is_blank else pdf,
                pages,
                fonts,
                made.wanted,
                made.wants_own_number,
                made.sided,
                tuple(messages),
                tuple(LackingGlyph(glyph.character, glyph.field, glyph.page) for glyph in lacking),
            )
            for pdf, pages, fonts in painted.values()
        )
        return replace(own, twins=dict(zip(self.look.twins, twins, strict=True)))

    def furnish(self, places: Sequence[Place]) -> Painted:
        """Pages with furniture alone: the first stream of each lies below the content, the second above."""
        with engine_messages() as messages, chinese_layout():
            furnisher = self._furnisher
            boxes = [furnisher.furnished(place) for place in places]
            brushes = [paint_ground, paint_content]
            pdf, pages, fonts = paint(boxes, brushes, self.options, names_from=FIRST_NAME)
        return Painted(pdf, pages, fonts, messages=tuple(messages))

    def index_of(self, number: int) -> int:
        """The index by which page rules know the page of that number: they tell the first from the others, or all."""
        return number - 1 if self._tells_all_pages else min(number - 1, 1)

    def area(self, kind: PageKind) -> PageArea:
        """Where content stands on such a page."""
        kind = kind._replace(at=self.index_of(kind.at + 1))
        if kind not in self._areas:
            self._areas[kind] = self._furnisher.area(kind)
        return self._areas[kind]

    def count_page(self, kind: PageKind, state: Any) -> None:
        """Change the engine's counters as such a page does."""
        self._furnisher.count_page(kind, state)

    def frame(self, fonts: Mapping[str, FontUse]) -> bytes:
        """A PDF of one empty page with all that is the book's: its fonts, what it says of itself, its intent."""
        skeleton = skeleton_of(self.root, depth=1)
        key = (ElementTree.tostring(skeleton), *((name, repr(use)) for name, use in fonts.items()))
        if self._frame is None or self._frame[0] != key:
            self._frame = (key, self._framed(skeleton, fonts))
        return self._frame[1]

    def _framed(self, skeleton: Element, fonts: Mapping[str, FontUse]) -> bytes:
        html, _ = self._opened(skeleton)
        with engine_messages(), warnings.catch_warnings():
            document = engine.Document(
                [engine.Page(self._furnisher.bare(PageKind("right", True, "", 0, ())))],
                engine.DocumentMetadata(**engine.get_html_metadata(html)),
                self.fetcher,
                self.faces,
                {},
                self.options["output_intent"],
            )
            document.fonts = {name: self._font(use) for name, use in fonts.items()}
            with ThreadPoolExecutor(self.workshop.jobs) as threads:  # HarfBuzz works outside the interpreter's lock
                list(threads.map(self._subset, document.fonts, document.fonts.values()))
            target = BytesIO()
            # The engine leaves the file of its colour profile to the garbage collector.
            warnings.filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
            document.write_pdf(
                target, pdf_variant=self.look.variant, finisher=lambda _, pdf: self._deflater.deflate(pdf)
            )
        return target.getvalue()

    def _font(self, use: FontUse) -> Any:
        font = engine.load_font(self.faces, use.description, use.size)
        font.widths, font.to_unicode = dict(use.widths), dict(use.to_unicode)
        return font

    def _subset(self, name: str, font: engine.DescribedFont) -> None:
        """Subset a font, if it was not subset to the same glyphs for the book before."""
        kept = self._subsets.get(name)
        if kept is not None and kept[0] == font.to_unicode.keys():
            font.take_subset(*kept)
        else:
            font.subset(font.to_unicode, self.options["hinting"])
            self._subsets[name] = frozenset(font.to_unicode), font.file_content

    def _restore_overflows(self, html: Any, context: Any) -> None:
        for element in (html.etree_element, *html.etree_element.findall("body")):
            self._known.restore_overflow(context.style_for(element))

    @property
    def _furnisher(self) -> Furnisher:
        """Made for the attributes of the root and the body, which page rules and margins inherit from."""
        body = self.root.find("body")
        key = tuple(tuple(sorted(element.items())) for element in (self.root, body) if element is not None)
        if key not in self._furnishers:
            self._furnishers[key] = Furnisher(*self._opened(skeleton_of(self.root, depth=1)))
        return self._furnishers[key]

    def _opened(self, root: Element) -> tuple[Any, Any]:
        images = EnginePictures(self.fetcher, self.workshop)
        html = TreeHTML(root, self.look.folder, self.fetcher)
        options = {**self.options, "stylesheets": self.sheets, "cache": images}
        with shared_styles(self._known):
            return html, engine.layout_context(html, self.faces, options)


@contextmanager
def _resources_inside() -> Iterator[None]:
    """What a template or stylesheet asks for from outside is told to the editor."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise ContentError([Finding("HK095", Severity.ERROR, str(error.__cause__ or error))]) from error
