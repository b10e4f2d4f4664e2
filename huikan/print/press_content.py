"""Content streams of a press PDF: every RGB operator becomes CMYK, and black text overprints."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator

from huikan.print.content_stream.colour_spaces import UNKNOWN, ColourSpace, Family, colour_space

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Object

    from huikan.print.icc_profiles import Cmyk
    from huikan.print.press_colour import PressColours

OVERPRINT, KNOCK_OUT = "/HkOverprint", "/HkKnockOut"
_SHOWS_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_FULL_BLACK = (0.0, 0.0, 0.0, 1.0)

Instruction = ContentStreamInstruction | ContentStreamInlineImage


@dataclass(slots=True)
class _Inks:
    """What `q` saves of the colours: spaces that were chosen, and whether the fill is black ink alone."""

    fill: ColourSpace = UNKNOWN
    stroke: ColourSpace = UNKNOWN
    black_fill: bool = False
    overprinting: bool = False
    filled_text: bool = True


@dataclass(slots=True)
class Rewritten:
    """New instructions, and what was changed in them."""

    instructions: list[Instruction]
    colours: int = 0
    overprinted: int = 0

    @property
    def changed(self) -> bool:
        """Whether the stream must be written anew."""
        return bool(self.colours or self.overprinted)


class ContentRewriter:
    """Rewrites one content stream; `luminosity` is for soft masks, whose colours are brightness and no ink."""

    def __init__(self, colours: PressColours, resources: Object | None, *, luminosity: bool = False) -> None:
        self._colours = colours
        self._resources = resources
        self._luminosity = luminosity
        self._inks = _Inks()
        self._saved: list[_Inks] = []
        self._out = Rewritten([])

    def rewrite(self, instructions: Iterable[Instruction]) -> Rewritten:
        """The instructions with CMYK (or, for soft masks, gray) in the place of RGB and Lab."""
        for instruction in instructions:
            self._one(instruction)
        return self._out

    def _one(self, instruction: Instruction) -> None:
        operator = str(instruction.operator)
        operands = list(instruction.operands)
        if operator == "q":
            self._saved.append(copy.copy(self._inks))
        elif operator == "Q" and self._saved:
            self._inks = self._saved.pop()
        elif operator in ("rg", "RG"):
            self._put_rgb([float(number) for number in operands], fill=operator == "rg")
            return
        elif operator in ("g", "k"):
            if self._note_black(operator, operands):
                return
        elif operator in ("cs", "CS"):
            if self._choose_space(operands[0], fill=operator == "cs"):
                return
        elif operator in ("sc", "scn", "SC", "SCN"):
            if self._set_components(operands, fill=operator in ("sc", "scn")):
                return
        elif operator == "Tr":
            self._inks.filled_text = int(operands[0]) == 0
        elif operator in _SHOWS_TEXT:
            wanted = self._inks.black_fill and self._inks.filled_text and not self._luminosity
            self._overprint(wanted)
            self._out.overprinted += wanted
        elif operator == "ET":
            self._out.instructions.append(instruction)
            # Paths and images knock out; between a path and its painting no state may change.
            self._overprint(False)
            return
        self._out.instructions.append(instruction)

    def _put(self, operator: str, *operands: Object | float) -> None:
        self._out.instructions.append(ContentStreamInstruction(list(operands), Operator(operator)))

    def _put_rgb(self, rgb: list[float], *, fill: bool) -> None:
        red, green, blue = rgb
        self._out.colours += 1
        if self._luminosity:
            # ISO 32000-2 §11.5.3: the luminosity of RGB.
            self._put("g" if fill else "G", round(0.3 * red + 0.59 * green + 0.11 * blue, 4))
        else:
            self._put_inks(self._colours.from_rgb((red, green, blue)), fill=fill)

    def _put_inks(self, inks: Cmyk, *, fill: bool) -> None:
        self._put("k" if fill else "K", *inks)
        if fill:
            self._inks.fill, self._inks.black_fill = UNKNOWN, inks == _FULL_BLACK
        else:
            self._inks.stroke = UNKNOWN

    def _note_black(self, operator: str, operands: list[Object]) -> bool:
        """Gray black becomes CMYK black, since gray does not overprint; True when it was replaced."""
        values = tuple(float(number) for number in operands)
        self._inks.fill = UNKNOWN
        self._inks.black_fill = values == (_FULL_BLACK if operator == "k" else (0.0,))
        if operator == "g" and self._inks.black_fill and not self._luminosity:
            self._put_inks(_FULL_BLACK, fill=True)
            return True
        return False

    def _choose_space(self, name: Object, *, fill: bool) -> bool:
        space = colour_space(name, self._resources)
        if fill:
            self._inks.fill, self._inks.black_fill = space, space.family is Family.CMYK
        else:
            self._inks.stroke = space
        if space.indexed or space.family not in (Family.RGB, Family.LAB):
            return False
        # A space starts with black; the components that follow replace it.
        self._put("g" if fill else "G", 0) if self._luminosity else self._put("k" if fill else "K", *_FULL_BLACK)
        self._out.colours += 1
        return True

    def _set_components(self, operands: list[Object], *, fill: bool) -> bool:
        space = self._inks.fill if fill else self._inks.stroke
        if not space.indexed and space.family in (Family.RGB, Family.LAB):
            first, second, third = (float(number) for number in operands)
            if space.family is Family.LAB and not self._luminosity:
                self._out.colours += 1
                inks = self._colours.from_lab(first, second, third)
                self._put("k" if fill else "K", *inks)
            elif space.family is Family.LAB:
                self._put("g" if fill else "G", first / 100)
            else:
                self._put_rgb([first, second, third], fill=fill)
                # The space stays chosen: more components may follow.
                if fill:
                    self._inks.fill = space
                else:
                    self._inks.stroke = space
            return True
        if fill:
            is_cmyk = space.family is Family.CMYK and not space.indexed
            self._inks.black_fill = is_cmyk and tuple(float(number) for number in operands) == _FULL_BLACK
        return False

    def _overprint(self, wanted: bool) -> None:
        if wanted != self._inks.overprinting:
            self._put("gs", Name(OVERPRINT if wanted else KNOCK_OUT))
            self._inks.overprinting = wanted


def overprint_states(pdf: pikepdf.Pdf) -> dict[str, Object]:
    """The two graphics states that rewritten streams switch between (ISO 32000-2 §11.7.4, nonzero mode)."""
    return {
        OVERPRINT: pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)),
        KNOCK_OUT: pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0)),
    }
