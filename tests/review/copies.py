"""Review copies for tests: built from the small publication, edited as Word would edit them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.review.copy import read_copy
from huikan.review.edits import Edits, read_edits
from huikan.review.merge import MergePlan, MergeRequest, apply_merge, plan_merge
from tests.publication import write_small_publication

AUTHOR = 'w:author="林编辑" w:date="2024-11-07T09:00:00Z"'
OTHER = 'w:author="Ada" w:date="2024-11-08T10:00:00Z"'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def publication(folder: Path) -> Path:
    """The small publication in `folder`/content, with its first host on a page of her own."""
    content = folder / "content"
    write_small_publication(content)
    programme = content / "programme.yaml"
    hosts = "hosts: [{person: lin-yue, scope: {zh: 开幕, en: the opening}}]"
    programme.write_text(programme.read_text(encoding="utf-8").replace("hosts: [lin-yue]", hosts), encoding="utf-8")
    return content


def sent_copy(content: Path, language: str = "zh-Hans") -> Path:
    """The review copy that a build makes."""
    output = content.parent / "output"
    built = build(BuildRequest(content, output, (Edition.REVIEW,), (language,)))
    return output / built.files[0].name


def rewritten(source: Path, change: Callable[[str, str], str], name: str = "edited.docx") -> Path:
    """The copy with its XML parts changed: `change` gets a part's name and text. A change of nothing is a mistake."""
    target = source.with_name(name)
    changed = False
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                text = content.decode()
                new = change(entry.filename, text)
                changed = changed or new != text
                content = new.encode()
            after.writestr(entry.filename, content)
    assert changed, "the edit found nothing to change"
    return target


def edited(source: Path, *pairs: tuple[str, str], name: str = "edited.docx", part: str = "word/document.xml") -> Path:
    """The copy with pieces of one part's XML replaced, each of which stands there."""

    def change(file: str, text: str) -> str:
        if file != part:
            return text
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return rewritten(source, change, name)


def split_run(words: str, new: str) -> str:
    """Ends the run of plain words, puts `new` in between, and begins a run again."""
    return f'{words}</w:t></w:r>{new}<w:r><w:t xml:space="preserve">'


def inserted(words: str, by: str = AUTHOR, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:ins w:id="9001" {by}><w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r></w:ins>'


def deleted(words: str, by: str = AUTHOR) -> str:
    return f'<w:del w:id="9002" {by}><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


def shown(copy: Path) -> Edits:
    return read_edits(read_copy(copy))


def planned(content: Path, *copies: Path, accept_all: bool = False, authors: tuple[str, ...] = ()) -> MergePlan:
    return plan_merge(MergeRequest(tuple(read_copy(copy) for copy in copies), content, accept_all, authors))


def merged(content: Path, *copies: Path) -> MergePlan:
    plan = planned(content, *copies)
    apply_merge(plan)
    return plan


def snapshot(content: Path) -> dict[str, bytes]:
    """Every file of the content, without what merges keep beside it."""
    files = (path for path in content.rglob("*") if path.is_file() and ".huikan" not in path.parts)
    return {str(path.relative_to(content)): path.read_bytes() for path in files}


def changed_lines(plan: MergePlan) -> list[str]:
    """The lines that a merge takes away and puts in."""
    return [line for line in plan.diff().splitlines() if re.match(r"[-+](?![-+]{2})", line)]
