"""`--update`: the source's changes come in, a human's edits stay, and what both changed is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.content.load import load_publication
from huikan.finding import ContentError
from huikan.importers.detect import Format, event_of
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from huikan.importers.merge import merged_yaml
from huikan.importers.update import update_imported
from huikan.importers.write import BASE, write_imported
from tests.importers.event_form import event, schedule

SECOND = event(
    code="BBBBBB",
    title="Lakes",
    date="2031-05-08T09:30:00+08:00",
    start="09:30",
    persons=[{"code": "BO", "public_name": "Bo Chen", "biography": "Dives."}],
)


def imported(*events: dict[str, Any]) -> Imported:
    data = json.dumps(schedule(("2031-05-08", {"Hall A": list(events)}))).encode()
    return event_content(event_of(data, "s.json", Format.SCHEDULE), "s.json")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_an_update_of_unedited_content_is_the_new_import(tmp_path: Path) -> None:
    write_imported(imported(event()), tmp_path)
    new = imported(event(title="Streams"), SECOND)
    assert update_imported(new, tmp_path) == ()
    for name, data in new.files.items():
        text = read(tmp_path, name)
        assert text.startswith(str(data)) if name == "import-report.md" else text == data
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert update_imported(new, tmp_path) == ()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_edits_comments_and_layout_stay_and_other_fields_follow_the_source(tmp_path: Path) -> None:
    write_imported(imported(event(), SECOND), tmp_path)
    edit(tmp_path / "people.yaml", "name: Ann Lee", 'name: "Anne Lee"   # as she signs')
    edit(tmp_path / "programme.yaml", "topic: Lakes", "topic: Lakes and ponds")
    edit(tmp_path / "summaries/ann-lee.md", "Of rivers.", "Of great rivers.")
    longer = SECOND | {"duration": "00:45", "abstract": "Of lakes."}
    assert update_imported(imported(event(), longer), tmp_path) == ()
    assert 'name: "Anne Lee"   # as she signs' in read(tmp_path, "people.yaml")
    programme = read(tmp_path, "programme.yaml")
    assert "topic: Lakes and ponds" in programme
    assert "end: '10:15'" in programme
    assert "Of great rivers." in read(tmp_path, "summaries/ann-lee.md")
    assert "Of lakes." in read(tmp_path, "summaries/bo-chen.md")
    assert load_publication(tmp_path).publication.people["ann-lee"].name.plain == ("Anne Lee",)


def test_what_both_changed_is_kept_and_told(tmp_path: Path) -> None:
    write_imported(imported(event(), SECOND), tmp_path)
    edit(tmp_path / "programme.yaml", "topic: Lakes", "topic: Ponds")
    edit(tmp_path / "summaries/ann-lee.md", "Of rivers.", "Of great rivers.")
    new = imported(event(abstract="Of small rivers."), SECOND | {"title": "Seas"})
    told = update_imported(new, tmp_path)
    assert [(finding.code, finding.file) for finding in told] == [
        ("HK807", "programme.yaml"),
        ("HK807", "summaries/ann-lee.md"),
    ]
    assert "sessions.hall-a-water.items.bo-chen.topic: “Ponds” here, “Seas” in the source" in told[0].message
    assert "topic: Ponds" in read(tmp_path, "programme.yaml")
    assert "Ponds" in read(tmp_path, "import-report.md")
    assert update_imported(new, tmp_path) == (), "a conflict is told once"


def test_a_text_in_parts_is_told_as_it_is_read(tmp_path: Path) -> None:
    write_imported(imported(event(), SECOND), tmp_path)
    edit(tmp_path / "programme.yaml", "topic: Lakes", "topic: {en: [Lakes, and Ponds], zh: 湖}")
    (told,) = update_imported(imported(event(), SECOND | {"title": "Seas"}), tmp_path)
    assert "“en: Lakes, and Ponds, zh: 湖” here, “Seas” in the source" in told.message


def test_new_talks_come_in_and_dropped_ones_go_unless_edited(tmp_path: Path) -> None:
    write_imported(imported(event(), SECOND), tmp_path)
    edit(tmp_path / "people.yaml", "name: Ann Lee", "name: Anne Lee")
    third = event(code="CCCCCC", title="Seas", persons=[{"code": "CY", "public_name": "Cy Dee"}])
    told = update_imported(imported(SECOND, third), tmp_path)
    people = yaml.safe_load(read(tmp_path, "people.yaml"))
    assert set(people) == {"ann-lee", "bo-chen", "cy-dee"}
    assert [finding.message for finding in told] == ["ann-lee: edited here, and gone from the source: kept"]
    assert not (tmp_path / "summaries/ann-lee.md").exists()
    assert load_publication(tmp_path).publication.programme.sessions


def test_what_a_human_deleted_stays_deleted(tmp_path: Path) -> None:
    write_imported(imported(event(), SECOND), tmp_path)
    (tmp_path / "summaries/bo-chen.md").unlink()
    edit(tmp_path / "people.yaml", "  bio: |-\n    Swims.\n", "")
    assert update_imported(imported(event(), SECOND), tmp_path) == ()
    assert not (tmp_path / "summaries/bo-chen.md").exists()
    assert "Swims" not in read(tmp_path, "people.yaml")


def test_content_that_was_not_imported_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(ContentError, match="not imported"):
        update_imported(imported(event()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["people.yaml"]


def test_broken_yaml_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    write_imported(imported(event()), tmp_path)
    (tmp_path / "people.yaml").write_text("a: [", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(ContentError, match="not YAML"):
        update_imported(imported(event(persons=[]), SECOND), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_base_lies_beside_the_content(tmp_path: Path) -> None:
    write_imported(imported(event()), tmp_path)
    assert (tmp_path / BASE / "people.yaml").read_bytes() == (tmp_path / "people.yaml").read_bytes()
    assert not (tmp_path / BASE / "import-report.md").exists()


_value = st.sampled_from(["one", "two", "three", "10:30", "no", "# x"])
_entry = st.dictionaries(st.sampled_from(["name", "title", "bio"]), _value, min_size=1)
_people = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), _entry, min_size=1)


@given(_people, _people, _people)
@settings(max_examples=60, deadline=None)
def test_any_three_versions_merge_by_the_rules(base: Any, mine: Any, theirs: Any) -> None:
    before, edited, after = (yaml.safe_dump(value, sort_keys=False) for value in (base, mine, theirs))
    text, conflicts = merged_yaml(before, edited, after, "people.yaml")
    merged = yaml.safe_load(text) or {}
    told = {conflict.field for conflict in conflicts}
    for person in {*base, *mine, *theirs}:
        fields = {field for side in (base, mine, theirs) for field in side.get(person, {})}
        for field in fields:
            b, m, t, got = (side.get(person, {}).get(field) for side in (base, mine, theirs, merged))
            if b == t or m == t:
                assert got == m
            elif b == m:
                assert got == t or f"people.yaml#{person}" in told
            else:
                assert got == m
                assert {f"people.yaml#{person}", f"people.yaml#{person}.{field}"} & told


TALKS = [
    event(
        code=f"T{number}",
        title=f"Talk {number}",
        date=f"2031-05-08T{9 + number:02}:00:00+08:00",
        start=f"{9 + number:02}:00",
        abstract=f"Abstract {number}.",
        persons=[{"code": f"P{number}", "public_name": f"Person {'ABCDEFGH'[number]}", "biography": f"Bio {number}."}],
    )
    for number in range(8)
]
_numbers = st.sets(st.integers(0, 7))
_changes = st.fixed_dictionaries(
    {"renamed": _numbers, "moved": _numbers, "rewritten": _numbers, "dropped": _numbers, "added": st.booleans()}
)


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file but the report, in which a conflict is told once."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "import-report.md")
    return {path: path.read_bytes() for path in paths}


def changed(change: dict[str, Any]) -> Imported:
    """The talks after a change of the source."""
    talks = []
    for number, talk in enumerate(TALKS):
        if number in change["dropped"]:
            continue
        talk = talk | ({"title": f"New {number}"} if number in change["renamed"] else {})
        talk = talk | ({"duration": "00:45"} if number in change["moved"] else {})
        talks.append(talk | ({"abstract": f"Rewritten {number}."} if number in change["rewritten"] else {}))
    return imported(*talks, *([event(code="NEW", title="New talk", persons=[])] if change["added"] else []))


@given(st.dictionaries(st.integers(0, 7), st.sets(st.sampled_from(["topic", "name", "bio", "summary"]))), _changes)
@settings(max_examples=40, deadline=None)
def test_whatever_the_source_does_what_a_human_wrote_stays(
    tmp_path_factory: pytest.TempPathFactory, edits: dict[int, set[str]], change: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("update") / "content"
    write_imported(imported(*TALKS), folder)
    written = []
    for number, fields in edits.items():
        person = f"person-{'abcdefgh'[number]}"
        places = {
            "topic": ("programme.yaml", f"topic: Talk {number}", f"topic: My topic {number}"),
            "name": ("people.yaml", f"name: Person {'ABCDEFGH'[number]}", f"name: My name {number}"),
            "bio": ("people.yaml", f"Bio {number}.", f"My bio {number}."),
            "summary": (f"summaries/{person}.md", f"Abstract {number}.", f"My words {number}."),
        }
        for file, old, mine in (places[field] for field in sorted(fields)):
            edit(folder / file, old, mine)
            written.append((file, mine))
    new = changed(change)
    update_imported(new, folder)
    for file, words in written:
        assert words in read(folder, file)
    before = contents(folder)
    update_imported(new, folder)
    assert contents(folder) == before
