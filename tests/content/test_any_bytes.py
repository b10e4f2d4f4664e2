"""Whatever bytes a file holds, loading ends in a publication or in findings that point into the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.content.load import load_publication
from huikan.finding import ContentError, Finding
from tests.publication import write_small_publication

FILES = ["booklet.yaml", "organisations.yaml", "people.yaml", "programme.yaml", "report.yaml"]
FILES += ["summaries/shan-wei.md", "summaries/shan-wei.en.md"]
WORDS = [
    "id",
    "title",
    "zh",
    "en",
    "name",
    "sessions",
    "items",
    "person",
    "photo",
    "---",
    "...",
    "true",
    "2024-11-06",
    "09:30",
    "0x1F",
    ".inf",
    "~",
    "<<",
]
SIGNS = [
    *[
        ":",
        "-",
        "?",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        '"',
        "'",
        "#",
        "%",
        "@",
        "`",
        "\n",
        "\t",
        "\r",
        "\x00",
        "\ufeff",
        "\u2028",
        "\x85",
        "![](a)",
        "图",
    ],
    "\n  ",
    ": ",
    "- ",
    " ",
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any") / "small"
    write_small_publication(folder)
    return folder


def load_with(folder: Path, name: str, content: bytes) -> None:
    """Load with `content` in place of a file, then put the file back."""
    path = folder / name
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(content)
    findings: tuple[Finding, ...] = ()
    try:
        load_publication(folder)
    except ContentError as error:
        findings = error.findings
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for finding in findings:
        assert finding.code.startswith("HK")
        assert finding.file != name or finding.line <= lines


@given(name=st.sampled_from(FILES), content=st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_bytes_load_or_are_explained(shared: Path, name: str, content: bytes) -> None:
    load_with(shared, name, content)


@given(name=st.sampled_from(FILES), pieces=st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=30))
@settings(max_examples=250, deadline=None)
def test_any_pieces_of_yaml_load_or_are_explained(shared: Path, name: str, pieces: list[str]) -> None:
    load_with(shared, name, "".join(pieces).encode())


@given(name=st.sampled_from(FILES), data=st.data())
@settings(max_examples=250, deadline=None)
def test_a_file_with_a_piece_replaced_loads_or_is_explained(shared: Path, name: str, data: st.DataObject) -> None:
    path = shared / name
    content = path.read_bytes() if path.exists() else b""
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 12)))
    piece = data.draw(st.sampled_from([*WORDS, *SIGNS]) | st.text(max_size=4))
    load_with(shared, name, content[:start] + piece.encode("utf-8", "surrogatepass") + content[end:])
