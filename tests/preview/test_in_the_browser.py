"""The preview as one sees it: a running server and a real browser."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.preview.driving import ROOT, Browser, Running, browsing, previewing

pytestmark = pytest.mark.xdist_group("preview")
PARAGRAPH = "summaries/wei-yuli.md"
IN_SIGHT = """[...document.querySelectorAll('.page')].filter((page) => {
  const box = page.getBoundingClientRect();
  return box.top < innerHeight && box.bottom > 60;
})"""
DRAWN = f"{IN_SIGHT}.length > 0 && {IN_SIGHT}.every((page) => page.dataset.state === 'drawn')"
STATUS = "document.getElementById('status').dataset.state"


@dataclass
class Desk:
    content: Path
    running: Running
    browser: Browser

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.content / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def wait(self, script: str) -> None:
        self.browser("wait", script=script)

    def evaluate(self, script: str) -> Any:
        return self.browser("evaluate", script=script)

    def page_with(self, words: str) -> int:
        """The page in sight that says so; its words have been read."""
        script = f"({IN_SIGHT}.find((page) => page.textContent.includes({words!r}))?.dataset.number ?? 0)"
        self.wait(f"{script} > 0")
        return int(self.evaluate(script))

    def go_to(self, name: str) -> None:
        """Follow the entry of that name in the contents."""
        entries = "[...document.querySelectorAll('#entries button')]"
        self.wait(f"{entries}.some((entry) => entry.textContent.includes({name!r}))")
        self.evaluate(f"{entries}.find((entry) => entry.textContent.includes({name!r})).click()")
        self.wait(DRAWN)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    with browsing(tmp_path / "profile") as browser, previewing(content) as running:
        assert browser("open", url=running.address) == 200
        made = Desk(content, running, browser)
        made.wait(DRAWN)
        yield made
        assert browser("messages") == []


def test_an_edit_shows_on_its_page_alone_and_the_view_stays(desk: Desk) -> None:
    desk.go_to("魏玉立")
    number = desk.page_with("打击假冒，需要海关")
    desk.wait(f"{STATUS} === 'ready'")
    before = desk.evaluate("document.getElementById('desk').scrollTop")
    desk.browser("requests", forget=True)
    desk.edit(PARAGRAPH, "打击假冒，需要海关", "遏制假冒，需要海关")
    assert desk.page_with("遏制假冒，需要海关") == number
    desk.wait(f"document.querySelector('[data-number=\"{number}\"]').classList.contains('fresh')")
    pictures = [url for url in desk.browser("requests") if "/pages/" in url]
    assert len(pictures) == 1, "pages that look as before are not asked for again"
    assert desk.evaluate("document.getElementById('desk').scrollTop") == before


def test_an_error_stands_over_the_last_good_page_with_its_place(desk: Desk) -> None:
    desk.go_to("魏玉立")
    number = desk.page_with("打击假冒，需要海关")
    before = desk.evaluate("document.getElementById('desk').scrollTop")
    desk.edit("people.yaml", "name: {", "nmae: {")
    desk.wait("!document.getElementById('trouble').hidden")
    told = desk.evaluate("document.getElementById('trouble').innerText")
    assert "people.yaml:" in told
    assert "nmae" in told
    assert desk.page_with("打击假冒，需要海关") == number
    assert desk.evaluate("document.getElementById('desk').scrollTop") == before
    assert desk.evaluate(STATUS) == "broken"
    desk.evaluate("document.querySelector('#trouble .place').click()")
    desk.wait("document.querySelector('#trouble .meant')?.textContent.includes('nmae')")
    desk.edit("people.yaml", "nmae: {", "name: {")
    desk.wait("document.getElementById('trouble').hidden")


def test_a_click_on_a_paragraph_tells_its_field_and_line(desk: Desk) -> None:
    desk.go_to("魏玉立")
    desk.page_with("打击假冒，需要海关")
    line = "[...document.querySelectorAll('.page .words span')].find((line) => line.textContent.startsWith('打击假冒'))"
    x, y = desk.evaluate(f"(() => {{ const box = {line}.getBoundingClientRect(); return [box.x + 20, box.y + 4]; }})()")
    desk.browser("point", x=x, y=y)
    desk.wait("document.querySelector('#field .where')")
    source = (desk.content / PARAGRAPH).read_text(encoding="utf-8").split("\n")
    number = next(at for at, text in enumerate(source, start=1) if text.startswith("打击假冒"))
    assert desk.evaluate("document.querySelector('#field .where .place').textContent") == f"{PARAGRAPH}:{number}:1"
    assert desk.evaluate("document.querySelector('#field .meant').textContent") == source[number - 1]
    assert desk.evaluate("document.querySelectorAll('.chosen').length") >= 1
    desk.browser("press", key="]")
    desk.wait(f"!document.querySelector('#field .where .place').textContent.startsWith('{PARAGRAPH}:{number}:')")


def test_language_edition_and_guides_change_by_key(desk: Desk) -> None:
    desk.browser("press", key="l")
    desk.wait("document.getElementById('title').textContent.startsWith('International Cooperation')")
    desk.browser("press", key="e")
    desk.wait("document.querySelector('#editions [aria-pressed=true]').dataset.value === 'press'")
    desk.wait(f"{STATUS} === 'ready' && document.querySelectorAll('.page').length % 4 === 0")
    for key in "gmb":
        desk.browser("press", key=key)
    desk.browser("press", key="ArrowRight")
    desk.browser("press", key="ArrowRight")
    desk.browser("press", key="ArrowRight")
    desk.wait(f"{DRAWN} && {IN_SIGHT}.some((page) => page.querySelector('.baselines, .margins'))")
    assert desk.evaluate("document.querySelectorAll('.page .trim').length > 10")
    assert any("bleed=1" in url for url in desk.browser("requests"))


def test_a_finding_leads_to_its_page(desk: Desk) -> None:
    desk.edit(PARAGRAPH, "打击假冒，需要海关", "打击假冒,需要海关")
    jump = "[...document.querySelectorAll('#finding-list .finding')].find((each) => each.querySelector('.jump'))"
    desk.wait(jump)
    assert f"{PARAGRAPH}:" in desk.evaluate(f"{jump}.querySelector('.place').textContent")
    desk.evaluate(f"{jump}.querySelector('.jump').click()")
    assert desk.page_with("需要海关") > 1
    desk.wait("document.querySelectorAll('.chosen').length > 0")


def test_the_interface_speaks_both_languages_and_axe_finds_nothing(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    with (
        previewing(content) as running,
        browsing(tmp_path / "profile", width=390, height=844, scheme="dark", locale="zh-CN") as browser,
    ):
        browser("open", url=f"{running.address}?language=en")
        browser("wait", script=DRAWN)
        browser("wait", script=f"{STATUS} === 'ready'")
        assert browser("evaluate", script="document.documentElement.lang") == "zh-Hans"
        assert browser("evaluate", script="document.querySelector('#outline h2').textContent") == "目录"
        assert browser("evaluate", script="document.documentElement.scrollWidth <= innerWidth")
        widths = browser("evaluate", script=f"{IN_SIGHT}.map((page) => page.getBoundingClientRect().width)")
        assert all(300 < width <= 390 for width in widths), "a page fills a phone"
        assert browser("axe") == []
        browser("click", selector="#outline-button")
        assert browser("axe") == []
        browser("resize", width=1440, height=900)
        browser("evaluate", script="document.getElementById('interface-button').click()")
        assert browser("evaluate", script="document.querySelector('#outline h2').textContent") == "Contents"
        browser("wait", script=DRAWN)
        assert browser("axe") == []
        assert browser("messages") == []


def test_many_saves_end_in_the_last_state(desk: Desk) -> None:
    desk.go_to("魏玉立")
    desk.page_with("打击假冒，需要海关")
    path = desk.content / PARAGRAPH
    text = path.read_text(encoding="utf-8")
    for number in range(200):
        path.write_text(text.replace("打击假冒，", f"打击假冒{number}，", 1), encoding="utf-8")
        time.sleep(0.05)
    desk.page_with("打击假冒199，")
    desk.wait(f"{STATUS} === 'ready'")
