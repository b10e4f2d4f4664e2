"""Review copies for tests: built from the small publication, edited as Word would edit them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from huikan.build import BuildRequest, build
from huikan.content.model import Edition
from huikan.review.copy import read_copy
from huikan.review.edits import Edits, read_edits
from huikan.review.merge import MergePlan, MergeRequest, apply_merge, plan_merge
from tests.publication import write_small_publication

SUMMARY = "summaries/shan-wei.md"

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


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_WORDS = {
    14: "http://schemas.microsoft.com/office/word/2010/wordml",
    15: "http://schemas.microsoft.com/office/word/2012/wordml",
}


def commented(
    source: Path,
    words: str,
    on: str,
    said: Sequence[tuple[str, str, str]],
    *,
    start: int = 0,
    resolved: bool = False,
) -> Path:
    """The copy with a thread on part of a run, as Word 2013 and later write it.

    `said` are author, text, and the id of the comment that is answered; ids count from `start`, after those there.
    """
    before, after = words.split(on, 1)
    ids = range(start, start + len(said))
    starts = "".join(f'<w:commentRangeStart w:id="{id}"/>' for id in ids)
    ends = "".join(f'<w:commentRangeEnd w:id="{id}"/><w:r><w:commentReference w:id="{id}"/></w:r>' for id in ids)
    run = '<w:r><w:t xml:space="preserve">'
    marked = f"{before}</w:t></w:r>{starts}{run}{on}</w:t></w:r>{ends}{run}{after}"
    entries, extended = "", ""
    done = int(resolved)
    for id, (author, text, parent) in zip(ids, said, strict=True):
        entries += (
            f'<w:comment w:id="{id}" w:author="{author}" w:date="2024-11-07T09:00:00Z">'
            f'<w:p w14:paraId="{id + 1:08X}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        )
        answers = f' w15:paraIdParent="{int(parent) + start + 1:08X}"' if parent else ""
        extended += f'<w15:commentEx w15:paraId="{id + 1:08X}"{answers} w15:done="{done}"/>'

    def change(name: str, text: str) -> str:
        if name == "word/document.xml":
            before_run, run_end = text.rsplit(f">{words}</w:t>", 1)
            return f'{before_run} xml:space="preserve">{marked}</w:t>{run_end}'
        if name == "word/comments.xml":
            return text.replace("<w:comments ", f'<w:comments xmlns:w14="{_WORDS[14]}" ').replace(
                "</w:comments>", f"{entries}</w:comments>"
            )
        if name == "word/_rels/document.xml.rels":
            new = f'<Relationship Id="x2" Type="{_COMMENTS_EXTENDED}" Target="commentsExtended.xml"/>'
            if "comments.xml" not in text:
                new += f'<Relationship Id="x1" Type="{_OFFICE}/comments" Target="comments.xml"/>'
            return text.replace("</Relationships>", f"{new}</Relationships>")
        return text

    target = rewritten(source, change, "commented.docx")
    with zipfile.ZipFile(target, "a") as archive:
        if "word/comments.xml" not in archive.namelist():
            archive.writestr(
                "word/comments.xml", f'<w:comments xmlns:w="{W}" xmlns:w14="{_WORDS[14]}">{entries}</w:comments>'
            )
        archive.writestr(
            "word/commentsExtended.xml", f'<w15:commentsEx xmlns:w15="{_WORDS[15]}">{extended}</w15:commentsEx>'
        )
    return target


def shown(copy: Path) -> Edits:
    return read_edits(read_copy(copy))


def planned(content: Path, *copies: Path, **wishes: Any) -> MergePlan:
    return plan_merge(MergeRequest(tuple(read_copy(copy) for copy in copies), content, **wishes))


def merged(content: Path, *copies: Path, **wishes: Any) -> MergePlan:
    plan = planned(content, *copies, **wishes)
    apply_merge(plan)
    return plan


def snapshot(content: Path) -> dict[str, bytes]:
    """Every file of the content, without what merges keep beside it."""
    files = (path for path in content.rglob("*") if path.is_file() and ".huikan" not in path.parts)
    return {str(path.relative_to(content)): path.read_bytes() for path in files}


def changed_lines(plan: MergePlan) -> list[str]:
    """The lines that a merge takes away and puts in."""
    return [line for line in plan.diff().splitlines() if re.match(r"[-+](?![-+]{2})", line)]


def settled(content: Path, copy: Path) -> MergePlan:
    """Merged without a conflict, and the same again says nothing."""
    plan = merged(content, copy)
    assert not plan.conflicts
    again = merged(content, copy)
    assert (again.files, again.conflicts) == ({}, ())
    return plan


def text(content: Path) -> str:
    """The prose of the small publication's summary."""
    return (content / SUMMARY).read_text(encoding="utf-8").partition("---\n\n")[2]
