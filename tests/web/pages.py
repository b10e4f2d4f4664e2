"""The sample's web pages, built once, and a browser that looks at them."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from huikan.render.pageless import parents_of, remove
from tests.booklet.reading import tree_text
from tests.npm import npm_folder

MODULES = ("playwright-core@1.65.1", "axe-core@4.14.1")


def parsed(page: Path) -> Element:
    """The page's tree, without namespaces."""
    root: Element = tinyhtml5.parse(page.read_text(encoding="utf-8"), namespace_html_elements=False)
    return root


def marked(root: Element, name: str) -> list[Element]:
    """The elements of a class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]


def words(element: Element) -> str:
    """The plain words in order, without notes, page numbers and what stands for them, and links beside the page."""
    without = copy.deepcopy(element)
    for name in ("footnote", "footnotes", "footnote-call", "page-number", "page-ref", "beside"):
        for part in marked(without, name):
            remove(part, parents_of(without)[part])
    return tree_text(without)


def npm_modules() -> Path:
    """A folder with playwright-core and axe-core."""
    return npm_folder(*MODULES)


def examined(page: Path, scheme: str, width: int, screenshot: Path | None = None) -> dict[str, Any]:
    """What Chromium and axe-core find on a page in a colour scheme, at a width in CSS pixels."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if chromium is None or node is None:
        pytest.skip("chromium or node is not installed: pages cannot be looked at")
    script = Path(__file__).with_name("examine.mjs")
    command = [node, str(script), str(npm_modules()), chromium, str(page), scheme, str(width)]
    command += [str(screenshot)] if screenshot else []
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
