"""Where the words of a copy lead, beside where they led when they were sent.

A link that was taken out, or leads elsewhere, is an edit of its words. One on words that had none is told: nobody
should find in the content what a program made of an address that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from huikan.render.docx.model import leads_outside
from huikan.render.docx.sent import NOTE, NUMBER, PICTURE, SentParagraph, split_look, with_link
from huikan.review.alignment import NOWHERE, Atom, Unit, prose_key
from huikan.review.wordml import PARAGRAPH_END, Aside

NEW_ADDRESS = "a link to a new address"
_SIGNS = {PARAGRAPH_END, PICTURE, NOTE, NUMBER}
_LONGEST = 40
_HOST = re.compile(r"(?:[^/?#:]*:)?(?://[^/?#]*)?")


def alike(address: str) -> str:
    """An address as programs write it, who escape its letters or end it with a slash; hosts have no case."""
    plain = unquote(address).rstrip("/")
    host = _HOST.match(plain)
    end = host.end() if host else 0
    return plain[:end].casefold() + plain[end:]


def new_addresses(used: Iterable[str], sent: Iterable[str]) -> Iterator[str]:
    """The addresses that lead elsewhere than any that was sent; Word keeps what follows a `#` apart."""
    known = {alike(each) for address in sent for each in (address, address.partition("#")[0])}
    for address in dict.fromkeys(used):
        if alike(address) not in known:
            yield address


class LinkSettler:
    """Gives every character its link as part of its look, as far as it can be merged, and keeps what cannot."""

    def __init__(self, sent: Sequence[SentParagraph], addresses: Iterable[str]) -> None:
        self._sent = sent
        self._known = {alike(address): address for address in addresses}
        self._of_text: dict[str, set[str]] = {}
        for paragraph in sent:
            for segment in paragraph.segments:
                links = {address for span in segment.spans if (address := split_look(span.look)[1])}
                if links and (text := prose_key(segment.field)):
                    self._of_text.setdefault(text, set()).update(links)
        self._merged: set[str] = set()
        self._left: set[str] = set()
        self._asides: dict[Aside, None] = {}

    def settle(self, units: Sequence[Unit]) -> None:
        """Go through all characters of the copy."""
        for unit in units:
            then = self._links_of(unit)
            if any(then) or any(atom.piece.link or atom.piece.old_link for atom in unit.atoms):
                self._settle_unit(unit, then)

    def asides(self, told: Iterable[Aside]) -> Iterator[Aside]:
        """What is told of the copy, with what links add; new addresses that are merged are told as that."""
        for aside in told:
            own = self._address(aside.words) if aside.kind == NEW_ADDRESS else ""
            yield replace(aside, merged=True) if own in self._merged - self._left else aside
        yield from self._asides

    def _links_of(self, unit: Unit) -> list[str]:
        """By place in the unit's text as sent, where the character leads."""
        links: list[str] = []
        for place in unit.sent:
            links += [""] if place != unit.sent[0] else []
            for segment in self._sent[place].segments:
                for span in segment.spans:
                    links += [split_look(span.look)[1]] * len(span.text)
        return links

    def _texts_of(self, unit: Unit) -> set[str]:
        return {prose_key(segment.field) for place in unit.sent for segment in self._sent[place].segments}

    def _address(self, address: str) -> str:
        """As it was sent, or as Markdown would have it."""
        return self._known.get(alike(address)) or (normalizeLink(address) if address else "")

    def _settle_unit(self, unit: Unit, then: Sequence[str]) -> None:
        allowed: set[str] = set(then)  # and what the same text had: a paragraph that was moved brings its links
        allowed.update(*(self._of_text.get(text, ()) for text in self._texts_of(unit)))
        allowed.update(self._address(each.piece.link) for each in unit.atoms if each.sent and then[each.place])
        told: list[tuple[str, str, Atom]] = []
        for atom in unit.atoms:
            if atom.text in _SIGNS:
                continue
            piece = atom.piece
            was = then[atom.place] if atom.sent else ""
            link, old = self._address(piece.link), self._address(piece.old_link)
            if not self._is_prose(atom):
                now = old_now = was
            elif atom.sent and was:
                now, old_now = (each if not each or leads_outside(each) else was for each in (link, old))
                if now and now != was and now not in self._known.values():
                    self._merged.add(now)
            elif atom.sent:
                now = old_now = ""
            else:
                now, old_now = (each if each in allowed and leads_outside(each) else "" for each in (link, old))
            if link != now and not piece.deleted:
                self._left.add(link)
                told.append(("a link put on" if link else "a link taken out of", link, atom))
            look, old_look = with_link(piece.look, now), with_link(piece.old_look, old_now)
            if (look, old_look) != (piece.look, piece.old_look):
                changed = look != old_look and (piece.restyled or piece.relinked)
                atom.piece = replace(piece, look=look, old_look=old_look, restyled=changed or None)
        self._tell(told)

    def _tell(self, told: Sequence[tuple[str, str, Atom]]) -> None:
        for (kind, link), group in groupby(told, key=lambda each: each[:2]):
            words = "".join(atom.text for _, _, atom in group)
            if link and link not in self._known.values():
                continue  # told as a new address
            words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
            self._asides[Aside(f"{kind} words", f"{words} → {link}" if link else words)] = None

    def _is_prose(self, atom: Atom) -> bool:
        place, segment = atom.owner
        return atom.owner != NOWHERE and bool(prose_key(self._sent[place].segments[segment].field))
