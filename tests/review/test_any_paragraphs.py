"""Any sequence of edits to the paragraphs of a text, tracked or not: split, joined, deleted, added, bold, rewritten."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from huikan.content.load import load_publication
from huikan.review.current import current_paragraphs, fields_of
from huikan.review.rich import Rich, paragraphs_of
from tests.review.copies import AUTHOR, OTHER, merged, publication, rewritten, sent_copy, shown, snapshot

BLOCKS = (
    "城市依海而兴，港口随潮而变。",
    "人们在岸边筑堤，也在堤上种树。",
    "潮水每日两至，船只昼夜不停。",
    "灯塔立于岬角，夜里照见归人。",
)
KEY = "summaries/shan-wei.md#"
_PARAGRAPH = re.compile(r"<w:p>(<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)((?:(?!</w:p>).)*)</w:p>")
_BOOKMARK = re.compile(r"<w:bookmark(?:Start|End) [^>]*/>")


@dataclass(frozen=True)
class Edit:
    """What happens to a paragraph: `at` and `length` count characters; `author` is None with tracking off."""

    do: str
    at: int
    length: int
    words: str
    author: str | None


@dataclass
class Run:
    """Characters of one fate: `fate` is sent, inserted or deleted."""

    words: str
    fate: str = "sent"
    bold: bool = False
    author: str | None = None

    @property
    def is_seen(self) -> bool:
        return self.fate != "deleted"

    @property
    def xml(self) -> str:
        tag = "delText" if self.fate == "deleted" else "t"
        was = f'<w:rPrChange w:id="71" {self.author}><w:rPr/></w:rPrChange>' if self.author else ""
        look = f"<w:rPr><w:b/>{was}</w:rPr>" if self.bold else ""
        run = f'<w:r>{look}<w:{tag} xml:space="preserve">{self.words}</w:{tag}></w:r>'
        if self.author is None or self.bold:
            return run
        return f'<w:{self.fate[:3]} w:id="72" {self.author}>{run}</w:{self.fate[:3]}>'


@dataclass
class Paragraph:
    """Runs and the fate of the end."""

    runs: list[Run]
    end: str = "sent"
    author: str | None = None

    def xml(self, properties: str, before: str, after: str) -> str:
        if self.author and self.end != "sent":
            mark = f'<w:rPr><w:{self.end[:3]} w:id="73" {self.author}/></w:rPr></w:pPr>'
            properties = properties.replace("</w:pPr>", mark)
        return f"<w:p>{properties}{before}{''.join(run.xml for run in self.runs)}{after}</w:p>"


EDITS = st.tuples(
    *(
        st.one_of(
            st.none(),
            st.builds(
                Edit,
                st.sampled_from(["split", "join", "delete", "add", "bold", "replace"]),
                st.integers(1, 8),
                st.integers(1, 4),
                st.text("江河湖海山", min_size=2, max_size=5),
                st.sampled_from([AUTHOR, OTHER, None]),
            ),
        )
        for _ in BLOCKS
    )
)


def joins_what_follows(edits: tuple[Edit | None, ...]) -> bool:
    """Whether the end of the text runs into the field after it: joined, or joined to what was deleted whole."""
    left = [edit.do if edit else "" for edit in edits]
    while left and left[-1] == "delete":
        left.pop()
    return bool(left) and left[-1] == "join"


def edited(text: str, edit: Edit | None) -> list[Paragraph]:
    """A paragraph as the edit leaves it."""
    if edit is None:
        return [Paragraph([Run(text)])]
    head, tail, author = text[: edit.at], text[edit.at :], edit.author
    middle, rest = tail[: edit.length], tail[edit.length :]
    if edit.do == "split":
        return [Paragraph([Run(head)], "inserted", author), Paragraph([Run(tail)])]
    if edit.do == "join":
        return [Paragraph([Run(text)], "deleted", author)]
    if edit.do == "delete":
        return [Paragraph([Run(text, "deleted", author=author)], "deleted", author)]
    if edit.do == "add":
        return [Paragraph([Run(text)], "inserted", author), Paragraph([Run(edit.words, "inserted", author=author)])]
    if edit.do == "bold":
        return [Paragraph([Run(head), Run(middle, bold=True, author=author), Run(rest)])]
    gone, come = Run(middle, "deleted", author=author), Run(edit.words, "inserted", author=author)
    return [Paragraph([Run(head), gone, come, Run(rest)])]


def as_left(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """With tracking off nothing is left of what was deleted."""
    made: list[Paragraph] = []
    is_open = False
    for paragraph in paragraphs:
        runs = [run for run in paragraph.runs if run.author or run.is_seen]
        if is_open:
            made[-1] = Paragraph([*made[-1].runs, *runs], paragraph.end, paragraph.author)
        else:
            made.append(Paragraph(runs, paragraph.end, paragraph.author))
        is_open = paragraph.end == "deleted" and not paragraph.author
    return [paragraph for paragraph in made if paragraph.runs]


def described(paragraphs: list[Paragraph]) -> list[list[tuple[str, str]]]:
    """The paragraphs that a reader sees, each as characters with their looks."""
    seen: list[list[tuple[str, str]]] = [[]]
    for paragraph in paragraphs:
        seen[-1] += [(c, "s" if run.bold else "") for run in paragraph.runs if run.is_seen for c in run.words]
        if paragraph.end != "deleted":
            seen.append([])
    return [letters for letters in seen if letters]


def bare(paragraphs: list[Rich]) -> list[list[tuple[str, str]]]:
    return [[letter for letter in paragraph if letter[0].strip()] for paragraph in paragraphs]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    content = publication(tmp_path_factory.mktemp("paragraphs"))
    prose = "---\nappearance: shan-wei\n---\n\n" + "\n\n".join(BLOCKS) + "\n"
    (content / "summaries" / "shan-wei.md").write_text(prose, encoding="utf-8")
    return content, sent_copy(content)


BOTH = (Edit("delete", 1, 1, "江河", AUTHOR), None, Edit("join", 1, 1, "江河", None), Edit("add", 1, 1, "江河", OTHER))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
@example(BOTH)
def test_any_edits_of_paragraphs_come_home(sent: tuple[Path, Path], edits: tuple[Edit | None, ...]) -> None:
    original, copy = sent
    assume(any(edits) and not joins_what_follows(edits))
    groups = [edited(text, edit) for text, edit in zip(BLOCKS, edits, strict=True)]
    wanted = described([paragraph for group in groups for paragraph in group])
    assume(wanted)

    def change(name: str, xml: str) -> str:
        if name != "word/document.xml":
            return xml
        found = [m for m in _PARAGRAPH.finditer(xml) if re.sub("<[^>]*>", "", m[2]) in BLOCKS]
        assert len(found) == len(BLOCKS)
        marks = [_BOOKMARK.findall(match[2]) for match in found]
        ends = {id(group[0]): number for number, group in enumerate(groups)}
        whole = [paragraph for group in groups for paragraph in group]
        starts = {id(paragraph.runs[0]): marks[ends[id(paragraph)]] for paragraph in whole if id(paragraph) in ends}
        made = ""
        for paragraph in as_left(whole):
            own = [mark for run in paragraph.runs for mark in starts.get(id(run), ())]
            before = "".join(mark for mark in own if "Start" in mark)
            after = "".join(mark for mark in own if "End" in mark)
            made += paragraph.xml(found[0][1], before, after)
        return xml[: found[0].start()] + made + xml[found[-1].end() :]

    with tempfile.TemporaryDirectory() as scratch:
        content = Path(scratch) / "content"
        shutil.copytree(original, content)
        target = rewritten(copy, change, "any.docx")
        (edit,) = shown(target).fields
        assert edit.key == KEY
        assert bare(paragraphs_of(edit.edited)) == wanted
        assert edit.untracked == any(each is not None and each.author is None for each in edits)
        plan = merged(content, target)
        assert not plan.conflicts
        now = fields_of(current_paragraphs(load_publication(content), "zh-Hans"))
        assert bare(paragraphs_of(now.words[KEY][0])) == wanted
        after = snapshot(content)
        assert not merged(content, target).files
        assert snapshot(content) == after
