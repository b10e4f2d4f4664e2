"""Bad input: a clear message, exit code 1, and an output folder that did not change."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publication import write_small_publication

ROOT = Path(__file__).resolve().parents[2]


def huikan(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "huikan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(folder.iterdir())}


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(content: Path) -> None:
        path = content / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def append(name: str, more: str) -> Callable[[Path], None]:
    def edit(content: Path) -> None:
        path = content / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")

    return edit


def remove_photo(content: Path) -> None:
    (content / "photos" / "shan-wei.jpg").unlink()


def truncate_photo(content: Path) -> None:
    path = content / "photos" / "shan-wei.jpg"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def inflate_photo(content: Path) -> None:
    """A PNG of a few bytes whose header promises 20,000 × 20,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    (content / "photos" / "large.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b""))
    replace("people.yaml", "photos/shan-wei.jpg", "photos/large.png")(content)


def alias_bomb(content: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    (content / "organisations.yaml").write_text("\n".join(lines), encoding="utf-8")


def empty_folder(content: Path) -> None:
    for path in sorted(content.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


BAD = {
    "unknown key": (append("booklet.yaml", "venuee: x\n"), ["booklet.yaml:", "venuee", "venue"]),
    "wrong type": (
        replace("booklet.yaml", "languages: [zh-Hans, en]", "languages: zh-Hans"),
        ["booklet.yaml:5:", "list"],
    ),
    "missing person": (
        replace("programme.yaml", "- ada-osei", "- ada-ose"),
        ["programme.yaml:", "ada-ose", "ada-osei"],
    ),
    "duplicate id": (append("people.yaml", "lin-yue:\n  name: Lin\n"), ["people.yaml:", "lin-yue", "line 7"]),
    "broken YAML": (append("programme.yaml", "  - {id: [\n"), ["programme.yaml:"]),
    "tab in YAML": (append("booklet.yaml", "imprint:\n\tisbn: x\n"), ["booklet.yaml:", "tab", "spaces"]),
    "missing photo": (remove_photo, ["people.yaml:", "photos/shan-wei.jpg"]),
    "corrupt photo": (truncate_photo, ["people.yaml:", "photos/shan-wei.jpg"]),
    "enormous photo": (inflate_photo, ["people.yaml:", "photos/large.png", "100 megapixels"]),
    "photo outside": (
        replace("people.yaml", "photos/shan-wei.jpg", "../shan-wei.jpg"),
        ["people.yaml:", "../shan-wei.jpg", "outside"],
    ),
    "picture by file:": (
        append("summaries/shan-wei.md", "\n![x](file:///etc/passwd)\n"),
        ["summaries/shan-wei.md:10:", "file:///etc/passwd"],
    ),
    "picture by http:": (
        append("summaries/shan-wei.en.md", "\n![x](http://example.org/x.png)\n"),
        ["summaries/shan-wei.en.md:6:", "http://example.org/x.png"],
    ),
    "alias bomb": (alias_bomb, ["organisations.yaml:", "aliases"]),
    "empty folder": (empty_folder, ["booklet.yaml"]),
    "summary for nobody": (
        replace("summaries/shan-wei.md", "appearance: shan-wei", "appearance: shan-weii"),
        ["summaries/shan-wei.md:2:", "nobody", "shan-wei"],
    ),
    "unknown theme": (append("booklet.yaml", "theme: a4x\n"), ["booklet.yaml", "a4x", "a5"]),
    "character of no face": (replace("people.yaml", "林悦", "林\U000f0000"), ["people.yaml:8:", "U+F0000"]),
}


@pytest.fixture(scope="module")
def good_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("good")
    output = tmp_path_factory.mktemp("output")
    write_small_publication(content)
    result = huikan("build", content, "-o", output, "--edition", "print", "--lang", "zh-Hans")
    assert result.returncode == 0, result.stderr
    return output


@pytest.mark.xdist_group("bad-input")
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_explained_and_changes_nothing(case: str, good_output: Path, tmp_path: Path) -> None:
    spoil, expected = BAD[case]
    write_small_publication(tmp_path)
    spoil(tmp_path)
    before = snapshot(good_output)
    result = huikan("build", tmp_path, "-o", good_output, "--edition", "print", "--lang", "zh-Hans")
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    for words in expected:
        assert words in result.stderr
    assert snapshot(good_output) == before


@pytest.mark.xdist_group("bad-input")
def test_template_code_and_markup_in_a_title_are_set_as_text(tmp_path: Path) -> None:
    import pypdfium2

    content, output = tmp_path / "content", tmp_path / "output"
    write_small_publication(content)
    title = "{{ 1/0 }}<script>alert(1)</script>"
    replace("booklet.yaml", "{zh: 小型论坛, en: Small Forum}", f"'{title}'")(content)
    result = huikan("build", content, "-o", output, "--edition", "print", "--lang", "en")
    assert result.returncode == 0, result.stderr
    document = pypdfium2.PdfDocument(output / "small-forum.en.print.pdf")
    cover = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert "".join(title.split()) in cover


@pytest.mark.xdist_group("bad-input")
def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    append("booklet.yaml", "venuee: x\n")(tmp_path)
    remove_photo(tmp_path)
    replace("programme.yaml", "- ada-osei", "- nobody")(tmp_path)
    result = huikan("check", tmp_path)
    assert result.returncode == 1
    assert all(words in result.stdout for words in ("venuee", "shan-wei.jpg", "nobody"))


def test_wrong_usage_exits_2() -> None:
    assert huikan("build", "--edition", "gold").returncode == 2


def test_a_file_of_the_content_in_place_of_its_folder_is_told(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    done = huikan("build", tmp_path / "booklet.yaml")
    assert done.returncode == 2
    assert f"give its folder, {tmp_path}" in " ".join(done.stderr.split())


def test_help_names_every_command() -> None:
    result = huikan("--help")
    assert result.returncode == 0
    for command in ("build", "check", "import", "schema"):
        assert command in result.stdout
