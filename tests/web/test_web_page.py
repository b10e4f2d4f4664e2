"""The web edition: the printed words, links that lead somewhere, facts for machines, and nothing from outside."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from PIL import Image

from huikan.build import BuildRequest, build
from huikan.content.labels import load_labels
from huikan.content.load import load_publication
from huikan.content.model import Edition
from huikan.content.resolve import resolve
from huikan.render.html import parse_html, render_html
from huikan.resources import builtin
from tests.booklet.reading import plain, tree_text
from tests.publication import write_small_publication
from tests.web.pages import examined, marked, parsed, words

CONTENT = Path(__file__).resolve().parents[2] / "content"
LANGUAGES = ("zh-Hans", "en")
SECTIONS = ("introduction", "agenda-session", "session", "summary", "index-group", "imprint", "cover")


@dataclass(frozen=True)
class Pages:
    content: Path
    output: Path
    id: str

    def file(self, language: str) -> Path:
        return self.output / f"{self.id}.{language}.html"

    def semantic(self, language: str) -> Element:
        labels = load_labels(language, (builtin("templates"),))
        booklet = resolve(load_publication(self.content).publication, labels)
        return parse_html(render_html(booklet, labels, [builtin("templates")]))


def built(content: Path, output: Path) -> Pages:
    build(BuildRequest(content, output, (Edition.WEB,)))
    return Pages(content, output, load_publication(content).publication.booklet.id)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return built(CONTENT, tmp_path_factory.mktemp("web"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_says_what_the_printed_one_says(sample: Pages, language: str) -> None:
    page, semantic = parsed(sample.file(language)), sample.semantic(language)
    for name in SECTIONS:
        printed, shown = marked(semantic, name), marked(page, name)
        assert printed
        assert [words(part) for part in shown] == [words(part) for part in printed]


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_page_keeps_what_the_cover_does_not_say(sample: Pages, language: str) -> None:
    page, semantic = parsed(sample.file(language)), sample.semantic(language)
    shown = tree_text(marked(page, "title-page")[0])
    cover = tree_text(marked(page, "cover")[0])
    for line in marked(semantic, "title-page")[0].iter():
        if line.tag in {"p", "dt", "dd"}:
            assert tree_text(line) in shown + cover


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_numbered_through_the_booklet_and_lead_back(sample: Pages, language: str) -> None:
    page = parsed(sample.file(language))
    printed = [tree_text(note) for note in marked(sample.semantic(language), "footnote")]
    notes = [item for notes in marked(page, "footnotes") for item in notes]
    assert printed
    assert [tree_text(note).removesuffix("↩") for note in notes] == printed
    assert [note.get("value") for note in notes] == [str(number + 1) for number in range(len(printed))]
    assert [tree_text(call) for call in marked(page, "footnote-call")] == [note.get("value") for note in notes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_every_link_leads_to_one(sample: Pages, language: str) -> None:
    page = parsed(sample.file(language))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    links = [element for element in page.iter("a") if element.get("href", "").startswith("#")]
    assert len(ids) == len(set(ids))
    assert len(links) > 60
    assert {link.get("href", "")[1:] for link in links} <= set(ids)
    assert all(plain("".join(link.itertext())) for link in links), "a link without words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_small_public_and_asks_for_nothing_outside(sample: Pages, language: str) -> None:
    source, page = sample.file(language).read_text(encoding="utf-8"), parsed(sample.file(language))
    images = list(page.iter("img"))
    assert len(source.encode()) < 1_500_000
    assert len(images) == 20
    assert all(image.get("src", "").startswith("data:image/webp;base64,") and image.get("alt") for image in images)
    assert not {name for element in page.iter() for name in element.attrib if name.startswith("data-")}
    assert not re.search(r"url\(|@import", source)
    assert [script.get("type") for script in page.iter("script")] == ["application/ld+json"]
    assert {link.get("rel") for link in page.iter("link")} == {"alternate"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_for_machines_are_those_of_the_content(sample: Pages, language: str) -> None:
    page = parsed(sample.file(language))
    event = json.loads(next(page.iter("script")).text or "")
    booklet = resolve(load_publication(CONTENT).publication, load_labels(language, (builtin("templates"),)))
    assert (event["@type"], event["name"], event["startDate"]) == ("Event", booklet.title.text, "2024-11-06")
    assert event["location"]["name"] == (booklet.venue and booklet.venue.text)
    assert len(event["organizer"]) == 7
    assert len({person["name"] for person in event["performer"]}) == 20
    assert [part["name"] for part in event["subEvent"]] == [session.heading for session in booklet.sessions]
    named = {meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    assert booklet.title.text in (named["og:title"] or "")
    assert len(named["og:description"] or "") > 20


def test_markup_in_content_cannot_leave_the_data(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    booklet = tmp_path / "booklet.yaml"
    text = booklet.read_text(encoding="utf-8").replace("Small Forum", "'A </script><b>&amp; B'")
    booklet.write_text(text, encoding="utf-8")
    page = parsed(built(tmp_path, tmp_path / "out").file("en"))
    assert json.loads(next(page.iter("script")).text or "")["name"] == "A </script><b>&amp; B"
    assert not list(page.iter("b"))


def test_a_name_of_several_appearances_is_followed_by_their_sessions(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    page = parsed(built(tmp_path, tmp_path / "out").file("zh-Hans"))
    entries = [item for names in marked(page, "index-names") for item in names]
    line = next(item for item in entries if "单伟" in "".join(item.itertext()))
    assert [link.text for link in line.iter("a")] == ["致辞", "专题发言"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(sample: Pages, language: str, scheme: str, width: int) -> None:
    found = examined(sample.file(language), scheme, width)
    assert found["violations"] == []
    assert {"color-contrast", "heading-order", "landmark-one-main", "bypass"} <= set(found["passes"])
    assert found["messages"] == []
    assert [url for url in found["requests"] if not url.startswith(("data:", "file:"))] == []
    assert found["shape"]["unloaded"] == 0
    assert found["shape"]["scrollWidth"] == found["shape"]["clientWidth"], "the page scrolls sideways"
    assert found["focus"]["href"] == "#main"
    assert found["focus"]["outline"] >= 2


def test_the_event_ends_on_its_last_day_even_if_no_session_is_held_then(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    booklet = tmp_path / "booklet.yaml"
    text = booklet.read_text(encoding="utf-8").replace("date: 2024-11-06", "date: 2024-11-05\nend_date: 2024-11-08")
    booklet.write_text(text, encoding="utf-8")
    programme = tmp_path / "programme.yaml"
    text = programme.read_text(encoding="utf-8").replace("    start: 09:30", "    date: 2024-11-06\n    start: 09:30")
    programme.write_text(text.replace("    kind: panel", "    kind: panel\n    date: 2024-11-07"), encoding="utf-8")
    page = parsed(built(tmp_path, tmp_path / "out").file("zh-Hans"))
    event = json.loads(next(page.iter("script")).text or "")
    assert (event["startDate"], event["endDate"]) == ("2024-11-05", "2024-11-08")
    assert [part["startDate"][:10] for part in event["subEvent"]] == ["2024-11-06", "2024-11-07"]


def test_a_body_stands_apart_from_a_title_that_is_not_translated(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    people = tmp_path / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("title: {zh: 编辑, en: Editor}", "title: {zh: 编辑}")
    people.write_text(text, encoding="utf-8")
    page = parsed(built(tmp_path, tmp_path / "out").file("en"))
    said = ["".join(part.itertext()) for part in marked(page, "person-title")]
    assert "编辑, Lighthouse Press" in said


def test_a_chart_without_a_ground_stands_on_white_in_the_dark(tmp_path: Path) -> None:
    write_small_publication(tmp_path)
    Image.new("RGBA", (600, 400), (0, 0, 0, 0)).save(tmp_path / "photos" / "chart.png")
    report = tmp_path / "report.yaml"
    text = report.read_text(encoding="utf-8").partition("figures:")[0]
    report.write_text(f"{text}figures:\n  - {{caption: 图, image: photos/chart.png}}\n", encoding="utf-8")
    page = built(tmp_path, tmp_path / "out").file("zh-Hans")
    examined(page, "dark", 700, tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as shown:
        colours = shown.convert("RGB").getcolors(1 << 24) or []
    assert sum(count for count, colour in colours if colour == (255, 255, 255)) >= 600 * 400
