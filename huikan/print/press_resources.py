"""Everything a page draws with, followed through forms, patterns, gradients, soft masks and drawn glyphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from huikan.print.content_stream.colour_spaces import Family, colour_space
from huikan.print.press_content import ContentRewriter, overprint_states
from huikan.print.press_images import PlacedSize, convert_image

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

    from huikan.print.icc_profiles import CmykConversion
    from huikan.print.press_colour import PressColours

_RGB = (Family.RGB, Family.LAB)


@dataclass(slots=True)
class PressCounts:
    """What was changed in a document, and what had to stay RGB."""

    colours: int = 0
    gradients: int = 0
    images: int = 0
    downsampled: int = 0
    overprinted_texts: int = 0
    left_in_rgb: int = 0


@dataclass(slots=True)
class ResourceConversion:
    """Converts pages and all they use, each object once. `placed` gives the printed size of images by object."""

    pdf: Pdf
    colours: PressColours
    conversion: CmykConversion
    placed: dict[tuple[int, int], PlacedSize]
    counts: PressCounts = field(default_factory=PressCounts)
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _spaces: list[Object] = field(default_factory=list)
    _states: dict[str, Object] = field(default_factory=dict)

    def convert_page(self, page: Page) -> None:
        """Convert one page."""
        resources = page.obj.get("/Resources")
        _use_cmyk(page.obj)
        if "/Contents" in page.obj:
            rewriter = ContentRewriter(self.colours, resources)
            rewritten = rewriter.rewrite(pikepdf.parse_content_stream(page))
            if rewritten.changed:
                page.obj.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(rewritten.instructions))
            self._note(rewritten.colours, rewritten.overprinted, resources)
        self._resources(resources)

    def drop_unused_spaces(self) -> None:
        """Forget RGB and Lab spaces in the resources: no stream chooses them any more."""
        for spaces in self._spaces:
            for name in [key for key, value in spaces.items() if colour_space(value, None).family in _RGB]:
                del spaces[name]

    def _note(self, colours: int, overprinted: int, resources: Object | None) -> None:
        self.counts.colours += colours
        self.counts.overprinted_texts += overprinted
        if overprinted and resources is not None:
            self._states = self._states or overprint_states(self.pdf)
            if "/ExtGState" not in resources:
                resources.ExtGState = Dictionary()
            for name, state in self._states.items():
                resources.ExtGState[name] = state

    def _first_time(self, thing: Object) -> bool:
        if thing.objgen == (0, 0):
            return True
        if thing.objgen in self._seen:
            return False
        self._seen.add(thing.objgen)
        return True

    def _resources(self, resources: Object | None, *, luminosity: bool = False) -> None:
        if not isinstance(resources, Dictionary) or not self._first_time(resources):
            return
        spaces = resources.get("/ColorSpace")
        if isinstance(spaces, Dictionary):
            self._spaces.append(spaces)
        for xobject in _values(resources, "/XObject"):
            if isinstance(xobject, Stream) and self._first_time(xobject):
                if xobject.get("/Subtype") == Name.Form:
                    self._stream(xobject, resources, luminosity=luminosity)
                elif xobject.get("/Subtype") == Name.Image:
                    self._image(xobject)
        for pattern in _values(resources, "/Pattern"):
            if isinstance(pattern, Stream) and self._first_time(pattern):
                self._stream(pattern, resources, luminosity=luminosity)
            elif isinstance(pattern, Dictionary) and "/Shading" in pattern:
                self._shading(pattern.Shading, luminosity=luminosity)
        for shading in _values(resources, "/Shading"):
            self._shading(shading, luminosity=luminosity)
        for state in _values(resources, "/ExtGState"):
            self._soft_mask(state.get("/SMask") if isinstance(state, Dictionary) else None, resources)
        for font in _values(resources, "/Font"):
            if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3 and self._first_time(font):
                for glyph in _values(font, "/CharProcs"):
                    self._stream(glyph, font.get("/Resources", resources), luminosity=luminosity)

    def _stream(self, stream: Object, around: Object, *, luminosity: bool) -> None:
        resources = stream.get("/Resources", around)
        _use_cmyk(stream, gray=luminosity)
        rewriter = ContentRewriter(self.colours, resources, luminosity=luminosity)
        rewritten = rewriter.rewrite(pikepdf.parse_content_stream(stream))
        if rewritten.changed:
            stream.write(pikepdf.unparse_content_stream(rewritten.instructions))
        self._note(rewritten.colours, rewritten.overprinted, resources)
        self._resources(resources, luminosity=luminosity)

    def _soft_mask(self, mask: Object | None, around: Object) -> None:
        if not isinstance(mask, Dictionary) or not isinstance(mask.get("/G"), Stream) or not self._first_time(mask.G):
            return
        self._stream(mask.G, around, luminosity=True)
        backdrop = mask.get("/BC")
        if isinstance(backdrop, Array) and len(backdrop) == 3:
            red, green, blue = (float(number) for number in backdrop.as_list())
            mask.BC = Array([round(0.3 * red + 0.59 * green + 0.11 * blue, 4)])

    def _image(self, image: Stream) -> None:
        change = convert_image(image, self.placed.get(image.objgen), self.conversion)
        self.counts.images += change.converted
        self.counts.downsampled += change.downsampled
        self.counts.left_in_rgb += change.left_in_rgb

    def _shading(self, shading: Object, *, luminosity: bool) -> None:
        if not isinstance(shading, Dictionary) or not self._first_time(shading):
            return
        family = colour_space(shading.get("/ColorSpace"), None).family
        function = shading.get("/Function")
        # WeasyPrint names CMYK over functions that still have three outputs.
        if not isinstance(function, Dictionary) or not _interpolates(function):
            self.counts.left_in_rgb += family in _RGB
            return
        if family not in (Family.RGB, Family.CMYK):
            return
        self._function(function, luminosity=luminosity)
        if "/Background" in shading:
            shading.Background = self._mapped(shading.Background, luminosity=luminosity)
        shading.ColorSpace = Name.DeviceGray if luminosity else Name.DeviceCMYK
        self.counts.gradients += 1

    def _function(self, function: Object, *, luminosity: bool) -> None:
        if not self._first_time(function):
            return
        if int(function.FunctionType) == 3:
            for part in function.Functions.as_list():
                self._function(part, luminosity=luminosity)
            return
        for key in ("/C0", "/C1"):
            function[key] = self._mapped(function[key], luminosity=luminosity)
        if "/Range" in function:
            function.Range = Array([0, 1] * (1 if luminosity else 4))

    def _mapped(self, colour: Object, *, luminosity: bool) -> Array:
        red, green, blue = (float(number) for number in colour.as_list())
        if luminosity:
            return Array([round(0.3 * red + 0.59 * green + 0.11 * blue, 4)])
        return Array(self.colours.from_rgb((red, green, blue)))


def _interpolates(function: Object) -> bool:
    """Whether a gradient is made of interpolations between colours alone, which can be converted exactly."""
    kind = int(function.get("/FunctionType", -1))
    if kind == 3:
        return all(isinstance(part, Dictionary) and _interpolates(part) for part in function.Functions.as_list())
    return kind == 2 and all(len(function.get(key, Array())) == 3 for key in ("/C0", "/C1"))


def _use_cmyk(owner: Object, *, gray: bool = False) -> None:
    """Let a transparency group blend in the space it is printed in: blending in RGB turns black into four inks."""
    group = owner.get("/Group")
    if isinstance(group, Dictionary) and "/CS" in group and colour_space(group.CS, None).family in _RGB:
        group.CS = Name.DeviceGray if gray else Name.DeviceCMYK


def _values(owner: Object, key: str) -> list[Object]:
    group = owner.get(key)
    return [value for _, value in group.items()] if isinstance(group, Dictionary) else []
