"""The sample publication in `content/`: whole, in two languages, in its own words, with pictures fit for print."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from PIL import Image, ImageChops, ImageCms, ImageStat
from pydantic import BaseModel

from huikan.content.load import LoadedPublication, load_publication
from huikan.content.markdown import parser
from huikan.content.model import Mode, Publication, Role, SessionKind, Text

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
RECORD = ROOT.parent / "shared" / "forum" / "forum.txt"
HAN = "[\u4e00-\u9fff]"

FIGURES = {
    "edward-kwakwa": ("193个成员国",),
    "meng-wangxian": ("2024年4月",),
    "kagoshima-naoto": ("2009年", "第11次会议", "2025年"),
    "liu-jie": ("四省九市", "“三合一”", "“1+10”"),
    "guo-ying": ("2023年底", "65万", "85万件"),
}


@pytest.fixture(scope="module")
def loaded() -> LoadedPublication:
    return load_publication(CONTENT)


@pytest.fixture(scope="module")
def sample(loaded: LoadedPublication) -> Publication:
    return loaded.publication


@pytest.fixture(scope="module")
def record() -> str:
    if not RECORD.is_file():
        pytest.skip("the forum's record is not beside the repository")
    return re.sub(r"\s", "", RECORD.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_placeholders", CONTENT / "photos" / "draw_placeholders.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def texts(model: BaseModel, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of a model with its path."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        entries: list[tuple[str, object]] = [("", value)]
        if isinstance(value, dict):
            entries = list(value.items())
        elif isinstance(value, tuple):
            entries = [(str(index), entry) for index, entry in enumerate(value)]
        for key, entry in entries:
            place = f"{path}/{name}" + (f".{key}" if key else "")
            if isinstance(entry, Text):
                yield place, entry
            elif isinstance(entry, BaseModel):
                yield from texts(entry, place)


def chinese_prose(sample: Publication) -> dict[str, str]:
    """All running Chinese text of the sample, by where it stands."""
    assert sample.report is not None
    assert sample.booklet.introduction is not None
    found = {f"summaries/{key}": summary.prose["zh"] for key, summary in sample.summaries.items()}
    found["introduction"] = "".join(sample.booklet.introduction.parts("zh"))
    found["abstract"] = "".join(sample.report.abstract.parts("zh"))
    found |= {f"findings/{index}": "".join(text.parts("zh")) for index, text in enumerate(sample.report.findings)}
    return found


def fixed_words(sample: Publication) -> list[str]:
    """Names of people, bodies, sessions, the event and the report: what every text has to share with the record."""
    parts: list[tuple[str, ...]] = [sample.booklet.title.parts("zh")]
    assert sample.report is not None
    parts.append(sample.report.title.parts("zh"))
    for person in sample.people.values():
        parts += [person.name.parts("" if person.name.plain else "zh")]
    parts += [body.name.parts("zh") for body in sample.organisations.values()]
    parts += [session.title.parts("zh") for session in sample.programme.sessions if session.title]
    return sorted((re.sub(r"\s", "", "".join(words)) for words in parts), key=len, reverse=True)


def test_the_sample_loads_without_any_finding(loaded: LoadedPublication) -> None:
    assert [str(finding) for finding in loaded.warnings] == []


def test_five_sessions_hold_18_speakers_and_2_moderators(sample: Publication) -> None:
    sessions = sample.programme.sessions
    assert [session.kind for session in sessions] == [
        SessionKind.OPENING,
        SessionKind.PANEL,
        SessionKind.PANEL,
        SessionKind.REPORT,
        SessionKind.DISCUSSION,
    ]
    speakers = [item.person for session in sessions for item in session.items]
    moderators = {host.person for session in sessions for host in session.hosts}
    assert len(speakers) == len(set(speakers)) == 18
    assert moderators == {"kuang-xu", "yu-xinmiao"}
    assert {*speakers, *moderators} == set(sample.people)


def test_one_speaker_gives_the_keynote_and_one_speaks_by_video(sample: Publication) -> None:
    items = [item for session in sample.programme.sessions for item in session.items]
    assert [item.person for item in items if item.role is Role.KEYNOTE] == ["xu-xinjian"]
    assert [item.person for item in items if item.mode is Mode.VIDEO] == ["liu-jie"]


def test_people_stand_in_the_order_of_the_record(sample: Publication, record: str) -> None:
    names = [
        "".join(sample.people[item.person].name.plain or sample.people[item.person].name.parts("zh")).replace(" ", "")
        for session in sample.programme.sessions
        for item in session.items
    ]
    # The record lists everyone first; a name's first place in it is that list.
    places = [record.find(name) for name in names]
    assert -1 not in places
    assert places == sorted(places)


def test_every_text_stands_in_both_languages(sample: Publication) -> None:
    incomplete = []
    for path, text in texts(sample):
        if path.endswith("/sort"):
            continue
        if text.plain is not None:
            complete = not re.search(HAN, "".join(text.plain))
        else:
            complete = text.zh is not None and text.en is not None and not re.search(HAN, "".join(text.en))
        if not complete:
            incomplete.append(path)
    assert incomplete == []


def test_every_speaker_but_the_reports_has_a_summary_in_both_languages(sample: Publication) -> None:
    assert sample.report is not None
    speakers = {item.key for session in sample.programme.sessions for item in session.items}
    assert {summary.appearance for summary in sample.summaries.values()} == speakers - set(sample.report.presented_by)
    for summary in sample.summaries.values():
        assert set(summary.prose) == {"zh", "en"}


def test_summaries_keep_the_figures_of_the_speeches(sample: Publication) -> None:
    for speaker, figures in FIGURES.items():
        assert [figure for figure in figures if figure not in sample.summaries[speaker].prose["zh"]] == []


def test_the_summaries_show_every_form_of_markdown(sample: Publication) -> None:
    markdown = parser()
    seen = {
        token.type
        for summary in sample.summaries.values()
        for block in markdown.parse(summary.prose["zh"])
        for token in (block, *(block.children or ()))
    }
    wanted = "ordered_list_open bullet_list_open blockquote_open table_open footnote_ref strong_open link_open"
    assert set(wanted.split()) <= seen


def test_strong_words_are_closed_in_every_text(sample: Publication) -> None:
    """CommonMark closes `**` after Chinese punctuation only before more punctuation: an easy slip."""
    markdown = parser()
    prose = {**chinese_prose(sample)}
    prose |= {f"{key}.en": summary.prose["en"] for key, summary in sample.summaries.items()}
    left_over = [
        key
        for key, text in prose.items()
        for block in markdown.parse(text)
        for token in block.children or ()
        if token.type == "text" and "*" in token.content
    ]
    assert left_over == []


def test_chinese_has_full_width_punctuation_and_no_typed_gaps(sample: Publication) -> None:
    slips = {}
    for place, text in chinese_prose(sample).items():
        words = re.sub(r"\]\([^)]*\)", "]", text)
        pattern = rf"{HAN}[,;:!?()\"']|[,;:!?()\"']{HAN}|{HAN} [0-9A-Za-z]|[0-9A-Za-z] {HAN}|今年|明年|去年"
        found = re.findall(pattern, words)
        if found:
            slips[place] = found
    assert slips == {}


def test_english_has_curly_quotes(sample: Publication) -> None:
    straight = [key for key, summary in sample.summaries.items() if re.search(r"[\"']| - ", summary.prose["en"])]
    assert straight == []


def test_the_sample_is_in_its_own_words(sample: Publication, record: str) -> None:
    length = 20
    runs = {record[start : start + length] for start in range(len(record) - length + 1)}
    names = fixed_words(sample)
    copied = {}
    for place, text in chinese_prose(sample).items():
        words = re.sub(r"[\s*]|《[^》]*》", "", text)
        for name in names:
            words = words.replace(name, "\0")
        shared = [words[i : i + length] for i in range(len(words) - length + 1) if words[i : i + length] in runs]
        if shared:
            copied[place] = shared[0]
    assert copied == {}


def test_photographs_are_fit_for_print(sample: Publication) -> None:
    for person in sample.people.values():
        assert person.photo is not None
        path = CONTENT / person.photo.file
        with Image.open(path) as picture:
            assert picture.format == "JPEG"
            assert picture.width * 2 == picture.height * 3
            assert picture.width / (150 / 72) >= 300  # a column of 150 pt
            assert picture.width / (90 / 25.4) >= 300  # set at 90 mm
            profile = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"])))
        assert "sRGB" in profile
        assert path.stat().st_size < 150_000


@pytest.mark.parametrize("kind", ["stage", "screen", "table"])
def test_the_script_draws_the_photographs_again_as_they_are(drawing: ModuleType, kind: str) -> None:
    programme = yaml.safe_load((CONTENT / "programme.yaml").read_text(encoding="utf-8"))
    scene = next(scene for scene in drawing.scenes(programme).values() if scene.kind == kind)
    committed, drawn = (CONTENT / "photos" / f"{scene.person}.jpg").read_bytes(), drawing.encoded(drawing.draw(scene))
    if committed != drawn:  # another Pillow may round or encode a little differently
        with Image.open(io.BytesIO(committed)) as before, Image.open(io.BytesIO(drawn)) as after:
            assert before.size == after.size
            assert max(ImageStat.Stat(ImageChops.difference(before, after)).mean) < 1.5


def test_there_is_a_scene_for_every_person_and_no_other_picture(sample: Publication, drawing: ModuleType) -> None:
    programme = yaml.safe_load((CONTENT / "programme.yaml").read_text(encoding="utf-8"))
    assert set(drawing.scenes(programme)) == set(sample.people)
    assert {path.stem for path in (CONTENT / "photos").glob("*.jpg")} == set(sample.people)
