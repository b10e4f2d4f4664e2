"""A publication as it was read: its facts, where they stand, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from huikan.content.marks import Node, Place
from huikan.content.model import Publication
from huikan.content.photos import Seen
from huikan.finding import Finding


@dataclass(frozen=True, slots=True)
class LoadedPublication:
    """A valid publication, where its facts stand, and what was noticed in it; `pictures` once they were awaited."""

    folder: Path
    publication: Publication
    warnings: tuple[Finding, ...]
    source_files: tuple[Path, ...]
    roots: Mapping[str, Node]
    bodies: Mapping[str, Place]
    await_pictures: Callable[[], None] = lambda: None
    pictures: Mapping[str, Seen] = field(default_factory=dict)

    @contextmanager
    def pictures_awaited(self) -> Iterator[None]:
        """Do something while the pictures are looked at.

        Raises ContentError for those that cannot be used, sooner than what was done raises anything.
        """
        try:
            yield
        except Exception:  # perhaps because of a picture
            self.await_pictures()
            raise
        self.await_pictures()

    def locate(self, field: str) -> Place | None:
        """The place of a content field such as `people.yaml#wang-zhicheng.title.zh`; None if it is not in the files.

        Blocks of prose (`summaries/ID.md#3`, `booklet.yaml#introduction.zh/2`) have the place of their text.
        """
        file, _, path = field.partition("#")
        node = self.roots.get(file)
        if file in self.bodies and (node is None or node.child(path) is None):
            return self.bodies[file]
        for step in path.partition("/")[0].split("."):
            if node is None:
                return None
            node = node.child(step)
        return node.place if node else None
