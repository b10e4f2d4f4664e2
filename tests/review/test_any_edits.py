"""Any sequence of edits, tracked or not: shown and merged, it gives the content that the edits describe."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huikan.content.load import load_publication
from huikan.review.current import current_paragraphs, fields_of
from huikan.review.rich import text_of
from tests.review.copies import (
    AUTHOR,
    OTHER,
    deleted,
    inserted,
    merged,
    publication,
    rewritten,
    sent_copy,
    shown,
    snapshot,
)

BLOCKS = ("城市依海而兴，港口随潮而变。", "Ports change with the tide, and cities with them.", "第三段*强调*几个字。")
FIELDS = {
    "programme.yaml#sessions.opening.items.shan-wei.topic.zh": ("海岸与城市", "海岸与城市"),
    "booklet.yaml#title.zh": ("小型论坛", "海岸与港口论坛"),
    "booklet.yaml#introduction.zh/": ("论坛在**上海**举行。", "论坛在上海举行，为期两天。"),
    "programme.yaml#sessions.talks.items.shan-wei-talk.no_summary.zh": ("无稿", "没有讲稿可以刊印"),
    "people.yaml#ada-osei.title.zh": ("研究员", "海洋研究所研究员"),
    "report.yaml#title.zh": ("潮汐报告", "潮汐与港口报告"),
    "report.yaml#abstract.zh/": ("报告比较*十二座*港口。", "报告比较了十二座港口。"),
    "report.yaml#findings.0.zh/": ("大潮渐高。", "大潮一年高过一年。"),
    "report.yaml#figures.0.caption.zh": ("潮位", "各港口的潮位"),
    "report.yaml#figures.0.rows.0.1.zh": ("厘米", "以厘米计的潮位"),
}
"""By field, the words of the small publication and the longer ones that are edited here."""
KEYS = ["summaries/shan-wei.md#"] * len(BLOCKS) + list(FIELDS)
WORDS = st.text(alphabet="岸江海abc XY，。*_[]<&1.#", min_size=1, max_size=6).filter(lambda text: text.strip() == text)


FIELD = re.compile(r"(<w:bookmarkStart [^>]*/>)(?:(?!</w:p>|<w:bookmark).)*(<w:bookmarkEnd [^>]*/>)")


@dataclass(frozen=True)
class Edit:
    """Replaces characters from `at` on, `length` of them, by `words`; tracked by an author, or not."""

    block: int
    at: int
    length: int
    words: str
    author: str | None


EDITS = st.lists(
    st.builds(
        Edit,
        st.integers(0, len(KEYS) - 1),
        st.integers(0, 40),
        st.integers(0, 4),
        WORDS,
        st.sampled_from([AUTHOR, OTHER, None]),
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    content = publication(tmp_path_factory.mktemp("any"))
    prose = "---\nappearance: shan-wei\n---\n\n" + "\n\n".join(BLOCKS) + "\n"
    (content / "summaries" / "shan-wei.md").write_text(prose, encoding="utf-8")
    for key, (short, longer) in FIELDS.items():
        file = content / key.partition("#")[0]
        text = file.read_text(encoding="utf-8")
        assert short in text, key
        file.write_text(text.replace(short, longer, 1), encoding="utf-8")
    return content, sent_copy(content)


def visible(block: str) -> str:
    return block.replace("*", "")


TEXTS = [*(visible(block) for block in BLOCKS), *(longer for _, longer in FIELDS.values())]


def described(edits: list[Edit]) -> dict[int, list[Edit]]:
    """The edits of each block that do not touch one another, from the last to the first."""
    kept: dict[int, list[Edit]] = {}
    for edit in sorted(edits, key=lambda each: (each.block, -each.at)):
        own = kept.setdefault(edit.block, [])
        limit = own[-1].at - 1 if own else len(TEXTS[edit.block]) - 1
        if edit.at > 0 and edit.at + edit.length < limit:
            own.append(edit)
    return {block: own for block, own in kept.items() if own}


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""


def written(text: str, edits: list[Edit]) -> tuple[str, str]:
    """The paragraph's runs as an editor leaves them, and the words that a reader sees."""
    xml, seen, end = "", "", len(text)
    for edit in edits:
        stop = edit.at + edit.length
        if edit.author:
            gone = deleted(escape(text[edit.at : stop]), edit.author) if edit.length else ""
            new = gone + inserted(escape(edit.words), edit.author)
        else:
            new = run(edit.words)
        xml = new + run(text[stop:end]) + xml
        seen = edit.words + text[stop:end] + seen
        end = edit.at
    return run(text[:end]) + xml, text[:end] + seen


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_any_edits_come_home(sent: tuple[Path, Path], edits: list[Edit]) -> None:
    original, copy = sent
    wanted = described(edits)
    if not wanted:
        return
    expected: dict[int, str] = {}

    def change(name: str, xml: str) -> str:
        if name != "word/document.xml":
            return xml
        for block, own in wanted.items():
            text = TEXTS[block]
            runs, expected[block] = written(text, own)
            for match in FIELD.finditer(xml):
                words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", match[0]))
                if words == text:
                    xml = xml[: match.end(1)] + runs + xml[match.start(2) :]
                    break
        return xml

    with tempfile.TemporaryDirectory() as scratch:
        content = Path(scratch) / "content"
        shutil.copytree(original, content)
        target = rewritten(copy, change, "any.docx")
        seen = {edit.key: text_of(edit.edited) for edit in shown(target).fields}
        if {0, 1, 2} & expected.keys():
            blocks = [expected.get(number, visible(BLOCKS[number])) for number in range(3)]
            assert seen["summaries/shan-wei.md#"].split("\u2029") == blocks
        merged(content, target)
        now = fields_of(current_paragraphs(load_publication(content), "zh-Hans"))
        for block, words in expected.items():
            if block >= len(BLOCKS):
                assert {bare(text_of(each)) for each in now.words[KEYS[block]]} == {bare(words)}
            else:
                assert bare(text_of(now.words[KEYS[block]][0]).split("\u2029")[block]) == bare(words)
        after = snapshot(content)
        assert not merged(content, target).files
        assert snapshot(content) == after
