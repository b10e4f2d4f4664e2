"""Text: characters that nobody sees, and characters that were broken on their way into the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from huikan.check.passages import HAN, Kind
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

_UNSEEN = re.compile(
    f"(?<=[{HAN}，。、])[\u200c\u200d]|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]+"
)
_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
_LOOKALIKE = re.compile("[\u2e80-\u2fdf]")
_BROKEN = re.compile("\ufffd+|[\ue000-\uf8ff]+|锟斤拷|烫烫烫|屯屯屯")


@rule("HK230", Severity.WARNING)
def characters_are_seen_and_whole(subject: Subject) -> Iterator[Remark]:
    """No character is unseen or broken.

    Blanks of no width, marks of direction and soft hyphens come with text that is copied from web pages and chats:
    names that hold one are not found. A radical (⽊) looks like its character (木) and is another. U+FFFD, characters
    for private use and 锟斤拷 are what is left of a text that was read in the wrong encoding. `--fix` deletes what is
    unseen and writes the character for the radical.
    """
    for passage in subject.passages:
        for found in _UNSEEN.finditer(passage.text):
            message = f"a character that nobody sees ({_names(found[0])})"
            yield at(passage, *found.span(), message, "delete it", replacement="")
        for found in _LOOKALIKE.finditer(passage.text):
            plain = unicodedata.normalize("NFKC", found[0])
            if plain != found[0]:
                message = f"“{found[0]}” is a radical, and looks like {plain}"
                yield at(passage, *found.span(), message, f"write {plain}", replacement=plain)
        for found in _LINE_ENDS.finditer(passage.text):
            message = f"a line end of another kind ({_names(found[0])})"
            yield at(passage, *found.span(), message, "delete it; a new paragraph begins below an empty line")
        for found in _BROKEN.finditer(passage.text) if passage.kind is not Kind.NOTE else ():
            message = f"“{found[0]}” is what is left of another character ({_names(found[0][:1])})"
            yield at(passage, *found.span(), message, "look into the original, and type the character again")


def _names(characters: str) -> str:
    return ", ".join(f"U+{ord(each):04X}" for each in dict.fromkeys(characters))
