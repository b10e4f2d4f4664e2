"""A new block put between those of a Markdown text: as the item, heading or paragraph that it is in Word."""

from __future__ import annotations

from collections.abc import Sequence

from huikan.review.kinds import Kind
from huikan.review.markdown_leaves import Leaf, UnwritableError, next_marker
from huikan.review.rows import NewRow, new_table, rows_below

Insertion = tuple[int, int, str]
"""Where it begins and ends in the text, and what is put there."""

_MARKERS = {"bullet": "- ", "number": "1. "}


def is_written_as(leaf: Leaf, kind: Kind) -> bool:
    """Whether a block is an item of that kind, or none if it is not to be one."""
    if kind.is_item:
        return bool(leaf.marker) and leaf.is_numbered == (kind.name == "number")
    return kind.name != "text" or not leaf.marker


class Inserter:
    """Places the new blocks of one text, in order; blocks in a row make one list."""

    def __init__(self, source: str, starts: Sequence[int], leaves: Sequence[Leaf]) -> None:
        self._source, self._starts, self._leaves = source, starts, leaves
        self._above: Kind | None = None
        self._open: dict[int, str] = {}
        self._beside: Leaf | None = None

    def old(self) -> None:
        """A block that was there has been passed."""
        self._above, self._open, self._beside = None, {}, None

    def new(
        self, text: str, kind: Kind | None, previous: int | None, following: int | None, below: Kind | None
    ) -> Insertion:
        """A block between two that are there; `below` is the kind of the new block that follows, if one does.

        Raises UnwritableError where no block can stand.
        """
        above = self._leaves[previous] if previous is not None else None
        next_leaf = self._leaves[following] if following is not None else None
        if above is not None and above.kind == "cell" and (kind is None or self._goes_on(above, next_leaf)):
            raise UnwritableError("a paragraph cannot stand in a table")
        if kind is None:
            return self._like_what_is_above(text, above)
        made = self._item(text, kind, above, next_leaf, below) if kind.is_item else self._block(text, kind, above)
        self._above = kind
        return made

    def rows(self, rows: Sequence[NewRow], previous: int | None, *, careful: bool) -> Insertion:
        """Rows in a table that is there, or a table of their own, below a block.

        Raises UnwritableError for those that cannot be written.
        """
        self.old()
        above = self._leaves[previous] if previous is not None else None
        if rows[0].new_table:
            text = new_table(rows, careful=careful)
            return self._first(text, "") if above is None else self._block(text, Kind("text"), above)
        if above is None or above.kind != "cell" or rows[0].leads:
            raise UnwritableError("a row above the head of a table must be put in by hand")
        head = above.lines[0] == above.table.start
        end = line_end(self._source, self._starts, above.lines[1] + head)
        return end, end, rows_below(self._source, self._starts, above, rows, careful=careful)

    def _goes_on(self, above: Leaf, following: Leaf | None) -> bool:
        """Whether a table's next cell follows."""
        if following is None or following.kind != "cell":
            return False
        return "\n\n" not in self._source[above.end : following.start]

    def _like_what_is_above(self, text: str, above: Leaf | None) -> Insertion:
        if above is None:
            if self._leaves and (self._leaves[0].kind == "cell" or self._leaves[0].marker):
                raise UnwritableError("a paragraph before a list or table must be written by hand")
            return self._first(text, self._leaves[0].prefix if self._leaves else "")
        if above.marker:
            return self._below(above, "\n" + _indented(above.next_marker, text))
        return self._below(above, f"\n{above.prefix.rstrip()}\n{above.prefix}{_after_breaks(text, above.prefix)}")

    def _block(self, text: str, kind: Kind, above: Leaf | None) -> Insertion:
        if kind.name == "heading":
            text = f"{'#' * (kind.level + 1)} {text}"
            if "\n" in text:
                raise UnwritableError("a line break cannot stand there")
        elif kind.name == "quotation":
            beside = above or (self._leaves[0] if self._leaves else None)
            if beside is not None and ">" in beside.prefix and above is None:
                return self._first(text, beside.prefix)
            if beside is None or ">" not in beside.prefix:
                text = _indented("> ", text, "> ")
        if above is None:
            return self._first(text, "")
        if kind.name == "continuation" and above.marker:
            return self._below(above, "\n\n" + _indented(" " * len(above.marker), text))
        prefix = above.prefix if not above.marker and (">" in above.prefix) == (kind.name == "quotation") else ""
        return self._below(above, f"\n{prefix.rstrip()}\n{prefix}{_after_breaks(text, prefix)}")

    def _item(self, text: str, kind: Kind, above: Leaf | None, following: Leaf | None, below: Kind | None) -> Insertion:
        if self._above is None:
            sibling = self._sibling(kind, above)
            if sibling is not None and above is not None:
                self._open = {kind.level: next_marker(sibling.next_marker)}
                return self._below(above, "\n" + _indented(sibling.next_marker, text))
            self._beside = following if self._begins_list(kind, above, following) else None
        if self._beside is not None and is_written_as(self._beside, kind) and self._beside.depth == kind.level + 1:
            start = self._starts[self._beside.lines[0]]
            return start, start, _indented(self._beside.marker, text) + "\n"
        outer = self._open.get(kind.level - 1, "")
        if not outer and above is not None and above.depth and above.depth <= kind.level:
            outer = above.marker
        marker = self._open.get(kind.level) or " " * len(outer) + _MARKERS[kind.name]
        in_row = self._above is not None and self._above.is_item
        if in_row and self._above is not None and (self._above.name != kind.name and self._above.level == kind.level):
            marker, in_row = " " * len(outer) + _MARKERS[kind.name], False
        self._open = {level: own for level, own in self._open.items() if level < kind.level}
        self._open[kind.level] = next_marker(marker)
        written = _indented(marker, text)
        if above is None:
            start = self._starts[self._leaves[0].lines[0]] if self._leaves else len(self._source)
            return start, start, written + ("\n" if below is not None and below.is_item else "\n\n")
        return self._below(above, ("\n" if in_row or outer else "\n\n") + written)

    @staticmethod
    def _begins_list(kind: Kind, above: Leaf | None, following: Leaf | None) -> bool:
        """Whether the list that follows is the one that the new item begins."""
        if following is None or not is_written_as(following, kind) or following.depth != kind.level + 1:
            return False
        return above is None or above.depth < following.depth

    def _sibling(self, kind: Kind, above: Leaf | None) -> Leaf | None:
        """The nearest item above, in the same list, that the new one stands beside."""
        if above is None:
            return None
        for leaf in reversed(self._leaves[: self._leaves.index(above) + 1]):
            if not leaf.marker or leaf.depth <= kind.level:
                return None
            if leaf.depth == kind.level + 1:
                return leaf if is_written_as(leaf, kind) else None
        return None

    def _first(self, text: str, prefix: str) -> Insertion:
        if not self._leaves:
            return len(self._source), len(self._source), f"\n{text}\n"
        start = self._starts[self._leaves[0].lines[0]]
        return start, start, f"{prefix}{_after_breaks(text, prefix)}\n{prefix.rstrip()}\n"

    def _below(self, above: Leaf, text: str) -> Insertion:
        end = line_end(self._source, self._starts, above.table.end if above.kind == "cell" else above.lines[1])
        return end, end, text


def line_end(source: str, starts: Sequence[int], line: int) -> int:
    """The end of the last line before `line` that is not blank."""
    return len(source[: min(starts[line], len(source))].rstrip())


def _after_breaks(text: str, prefix: str) -> str:
    return text.replace("\n", "\n" + prefix)


def _indented(marker: str, text: str, further: str | None = None) -> str:
    return marker + _after_breaks(text, " " * len(marker) if further is None else further)
