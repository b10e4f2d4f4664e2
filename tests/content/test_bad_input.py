"""Bad input: what an editor reads when a file is wrong. Nothing else than ContentError may come out of loading."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from huikan.content.load import load_publication
from huikan.finding import ContentError, Finding


def findings(folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(ContentError) as caught:
        load_publication(folder)
    return caught.value.findings


def only_finding(folder: Path) -> Finding:
    found = findings(folder)
    assert len(found) == 1, [str(finding) for finding in found]
    return found[0]


def replace(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "message", "hint"),
    [
        ("booklet.yaml", "venue:", "venu:", "booklet.yaml:4:1", "unknown key 'venu'", "did you mean 'venue'?"),
        ("booklet.yaml", "[zh-Hans, en]", "zh", "booklet.yaml:5:12", "expected a list, found a text", "[zh-Hans]"),
        ("booklet.yaml", "2024-11-06", "2024-13-06", "booklet.yaml:3:7", "'2024-13-06' is no date", "2024-11-06"),
        ("booklet.yaml", "2024-11-06", "'86400'", "booklet.yaml:3:7", "expected a date", "2024-11-06"),
        ("booklet.yaml", "2024-11-06", "86400", "booklet.yaml:3:7", "expected a date", "2024-11-06"),
        ("booklet.yaml", "role: host", "role: hots", "booklet.yaml:7:11", "'hots'", "did you mean 'host'?"),
        (
            "booklet.yaml",
            "members: [institute]",
            "members: [institut]",
            "booklet.yaml:8:15",
            "'institut'",
            "'institute'",
        ),
        ("people.yaml", "en: Shan Wei", "en: 2024", "people.yaml:2:22", "found a number", '"2024"'),
        ("people.yaml", "name: Ada Osei", "name: true", "people.yaml:12:9", "found a yes or no", '"true"'),
        ("people.yaml", "name: Ada Osei", "name:", "people.yaml:12:", "found nothing", "write a text"),
        ("people.yaml", "name: Ada Osei", "name: {zh: }", "people.yaml:12:9", "the text is empty", "zh: and en:"),
        ("people.yaml", "ada-osei:", "Ada:", "people.yaml:11:1", "'Ada' is no id", "lower-case"),
        ("people.yaml", "affiliation: [press]", "affiliation: [pres]", "people.yaml:10:", "'pres'", "'press'"),
        ("programme.yaml", "09:30", "930", "programme.yaml:5:12", "expected a time of day", "09:30"),
        ("programme.yaml", "09:30", "25:30", "programme.yaml:5:12", "time of day", "09:30"),
        ("programme.yaml", "- ada-osei", "- ada-ose", "programme.yaml:17:9", "no person 'ada-ose'", "'ada-osei'"),
        ("programme.yaml", "id: talks", "id: opening", "programme.yaml:11:", "two sessions", "line 2"),
        ("programme.yaml", "id: shan-wei-talk, ", "", "programme.yaml:18:9", "two appearances", "line 9"),
        ("summaries/shan-wei.md", "e: shan-wei", "e: shan-we", "summaries/shan-wei.md:2:13", "for nobody", "shan-wei"),
        ("people.yaml", "photos/shan-wei.jpg", "photos/shan.png", "people.yaml:6:10", "no picture", ""),
        ("people.yaml", "photos/shan-wei.jpg", "../a.png", "people.yaml:6:10", "outside", "photos/"),
        ("people.yaml", "photos/shan-wei.jpg", "/etc/passwd", "people.yaml:6:10", "not a path inside", "photos/"),
    ],
)
def test_a_wrong_value_is_named_with_its_place_and_what_to_write(
    folder: Path, file: str, old: str, new: str, where: str, message: str, hint: str
) -> None:
    replace(folder, file, old, new)
    finding = [finding for finding in findings(folder) if finding.where.startswith(where)]
    assert len(finding) == 1, [str(found) for found in findings(folder)]
    assert message in finding[0].message
    assert hint in finding[0].hint


def test_problems_of_all_files_come_at_once_in_the_order_of_files_and_lines(folder: Path) -> None:
    replace(folder, "booklet.yaml", "venue:", "venu:")
    replace(folder, "people.yaml", "name: Ada Osei", "name: 7")
    replace(folder, "people.yaml", "sort:", "sorted:")
    replace(folder, "programme.yaml", "person: shan-wei\n", "person: shan-we\n")
    (folder / "summaries" / "lin-yue.md").write_text("---\nappearance: lin\n---\n![](https://a/b.png)\n")
    places = [(finding.file, finding.line) for finding in findings(folder)]
    assert places == sorted(places)
    wanted = {("booklet.yaml", 4), ("people.yaml", 3), ("people.yaml", 12), ("programme.yaml", 9)}
    assert wanted | {("summaries/lin-yue.md", 2), ("summaries/lin-yue.md", 4)} <= set(places)


def test_one_wrong_person_does_not_make_the_programme_wrong(folder: Path) -> None:
    replace(folder, "people.yaml", "title: {zh: 研究员, en: Research Fellow}", "titel: {zh: 研究员}")
    assert only_finding(folder).where == "people.yaml:13:3"


def test_one_wrong_item_does_not_leave_the_list_empty(folder: Path) -> None:
    replace(folder, "booklet.yaml", "members: [institute]", "members: [Institute]")
    assert "'Institute' is no id" in only_finding(folder).message


def test_a_duplicate_key_names_the_first(folder: Path) -> None:
    (folder / "people.yaml").write_text((folder / "people.yaml").read_text(encoding="utf-8") + "lin-yue:\n  name: B\n")
    finding = only_finding(folder)
    assert finding.code == "HK005"
    assert "line 7" in finding.hint


@pytest.mark.parametrize(
    "value", ["!!python/object/apply:os.system [echo]", "!!python/object:os.x {name: A}", "!own {}"]
)
def test_a_tag_on_a_list_or_map_is_refused(folder: Path, value: str) -> None:
    replace(folder, "people.yaml", "name: Ada Osei", f"name: {value}")
    finding = [finding for finding in findings(folder) if finding.file == "people.yaml"]
    assert [found.code for found in finding] == ["HK003"]
    assert "tag" in finding[0].message


def _oversized(path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(path)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _another_kind(path: Path) -> None:
    Image.new("L", (9, 9)).save(path, "GIF")


def _link_outside(path: Path) -> None:
    outside = path.parents[2] / "outside.png"
    path.rename(outside)
    path.symlink_to(outside)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(_oversized, "HK033"), (_cut_short, "HK034"), (_another_kind, "HK034"), (_link_outside, "HK031")],
)
def test_a_picture_that_cannot_be_used_is_named_where_it_is_used(
    folder: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(folder / "photos" / "shan-wei.jpg")
    finding = only_finding(folder)
    assert (finding.code, finding.where) == (code, "people.yaml:6:10")


@pytest.mark.parametrize("source", ["http://a/b.png", "file:///etc/passwd", "data:image/png;base64,AA", "../b.png"])
@pytest.mark.parametrize("file", ["booklet.yaml", "summaries/shan-wei.en.md"])
def test_a_picture_from_outside_in_prose_has_its_line(folder: Path, file: str, source: str) -> None:
    old = "The forum was held in **Shanghai**." if file == "booklet.yaml" else "A city lives by its coast."
    replace(folder, file, old, f"{old} ![]({source})")
    finding = only_finding(folder)
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    assert (finding.code, finding.file) == ("HK031", file)
    assert source in lines[finding.line - 1]


@pytest.mark.parametrize("name", ["booklet.yaml", "people.yaml", "programme.yaml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    finding = only_finding(folder)
    assert finding.code == "HK006"
    assert re.search(rf"{name} is missing", finding.message)


def test_no_folder_an_empty_one_and_a_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    messages = {name: only_finding(tmp_path / name).message for name in ("none", "empty", "file")}
    assert "there is no folder" in messages["none"]
    assert "holds no publication" in messages["empty"]
    assert "is a file" in messages["file"]


def test_text_in_another_encoding_is_refused_with_its_line(folder: Path) -> None:
    (folder / "people.yaml").write_bytes("a:\n  name: 单伟\n".encode("gb18030"))
    finding = only_finding(folder)
    assert (finding.code, finding.where) == ("HK008", "people.yaml:2:9")


def test_markup_in_a_title_is_text(folder: Path) -> None:
    replace(folder, "booklet.yaml", "en: Small Forum", "en: '{{ 1/0 }} <script>'")
    assert load_publication(folder).publication.booklet.title.en == ("{{ 1/0 }} <script>",)


def test_summaries_that_belong_to_no_original_or_no_language(folder: Path) -> None:
    (folder / "summaries" / "ada-osei.en.md").write_text("Words.\n")
    (folder / "summaries" / "shan-wei.fr.md").write_text("Mots.\n")
    (folder / "summaries" / "other.md").write_text("---\nappearance: shan-wei\n---\n\n再记。\n", encoding="utf-8")
    codes = {finding.file: finding.code for finding in findings(folder)}
    assert codes["summaries/ada-osei.en.md"] == "HK025"
    assert codes["summaries/shan-wei.fr.md"] == "HK024"
    assert "HK023" in codes.values()
