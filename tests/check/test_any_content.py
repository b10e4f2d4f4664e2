"""Whatever the content says, the rules read it; whatever `--fix` writes, it writes once and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from huikan.check.fix import fix_folder, rewritten
from huikan.check.run import Fix, check_folder
from huikan.content.load import load_publication
from huikan.finding import ContentError
from tests.check.editing import publication, summary
from tests.publication import SMALL_PUBLICATION

WORDS = st.sampled_from(
    [
        *"，。、；：！？“”‘’《》（）…—·()\"',.-+*_`#>|[]\n \u3000\t今年第7届２ＡＩ保護进的和与193万%",
        *[
            "海岸研究所",
            "海岸研究院",
            "海岸所",
            "单伟",
            "林悦",
            "--",
            "...",
            "-----",
            "党中央国务院",
            "、以及",
            "局长李明表示",
            "[^1]",
            "二〇二四年",
            "2024-11-06",
        ],
        *["单 伟", "Ada Osei", "Ada Ose", "《潮汐报告 2024》", "![](photos/shan-wei.jpg)", "Dr Smith", "\n\n"],
    ]
)
PROSE = st.lists(WORDS | st.text(max_size=3), max_size=25).map("".join)
TITLES = st.lists(WORDS, min_size=1, max_size=6).map("".join)
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publication(tmp_path_factory.mktemp("any") / "content")


def rewrite(folder: Path, prose: str, title: str) -> None:
    """Give the small publication other prose and another title, and its other texts back."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    for name, text in SMALL_PUBLICATION.items():
        (folder / name).write_text(text.replace("[海岸研究所, 所长]", f'"{quoted}"'), encoding="utf-8")
    name, _, text = summary(prose)
    (folder / name).write_text(text, encoding="utf-8")


def is_refused(folder: Path) -> bool:
    try:
        load_publication(folder)
    except ContentError:
        return True
    return False


@QUICK
@given(PROSE, TITLES)
@example("“《（\n\n" * 3, "：")
def test_no_content_is_too_strange_to_check(folder: Path, prose: str, title: str) -> None:
    rewrite(folder, prose, title)
    if is_refused(folder):
        return
    for finding in check_folder(folder).findings:
        lines = (folder / finding.file).read_text(encoding="utf-8").split("\n")
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert finding.message


@QUICK
@given(PROSE, TITLES)
@example("单\u3000伟，，说--今年(海岸)、以及２", "海岸研究院,第7届")
@example("", " ，")
def test_fixing_twice_is_fixing_once(folder: Path, prose: str, title: str) -> None:
    rewrite(folder, prose, title)
    if is_refused(folder):
        return
    fix_folder(folder)
    assert not is_refused(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert fix_folder(folder).count == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), st.text(max_size=4)), max_size=6)
)
def test_only_the_spans_are_rewritten(source: str, spans: list[tuple[int, int, str]]) -> None:
    fixes = [Fix("a.md", start, min(start + length, len(source)), text) for start, length, text in spans]
    fixes = [fix for fix in fixes if fix.start < fix.end]
    text, count = rewritten(source, fixes, is_yaml=False)
    touched = {at for fix in fixes for at in range(fix.start, fix.end)}
    kept = [source[at] for at in range(len(source)) if at not in touched]
    rest = iter(text)
    assert all(character in rest for character in kept)
    assert count <= len(fixes)


def test_a_fix_changes_its_words_and_nothing_else(tmp_path: Path) -> None:
    folder = publication(tmp_path, [summary("海岸研究院,在２０２４年...开始。\n\n  - 单 伟、以及 林悦")])
    path = folder / "summaries" / "shan-wei.md"
    before = path.read_text(encoding="utf-8")
    fixed = fix_folder(folder)
    after = path.read_text(encoding="utf-8")
    assert after == before.replace("海岸研究院,在２０２４年...开始", "海岸研究所，在2024年……开始").replace(
        "单 伟、以及 林悦", "单伟以及林悦"
    )
    changed = [
        line for line in fixed.diff.splitlines() if line.startswith(("+", "-")) and line[1:3] not in {"++", "--"}
    ]
    assert len(changed) == 4


def test_a_fix_keeps_line_ends_and_the_byte_order_mark(tmp_path: Path) -> None:
    folder = publication(tmp_path)
    path = folder / "summaries" / "shan-wei.md"
    path.write_bytes(b"\xef\xbb\xbf" + "---\r\nappearance: shan-wei\r\n---\r\n\r\n海岸,港口。\r\n".encode())
    assert fix_folder(folder).count == 1
    assert path.read_bytes() == b"\xef\xbb\xbf" + "---\r\nappearance: shan-wei\r\n---\r\n\r\n海岸，港口。\r\n".encode()


def test_a_fix_that_would_break_yaml_is_left_out(tmp_path: Path) -> None:
    folder = publication(tmp_path, [("people.yaml", "en: Director}", "en: Director，Coast}")])
    before = (folder / "people.yaml").read_bytes()
    fix_folder(folder)
    assert (folder / "people.yaml").read_bytes() == before
    assert [each.code for each in check_folder(folder).findings if each.file == "people.yaml"].count("HK202") == 1
