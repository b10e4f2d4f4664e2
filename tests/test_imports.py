"""The shape of the source: imports run downwards only, files stay short, names say what is inside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from huikan.render.vocabulary import known_classes

ROOT = Path(__file__).resolve().parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "huikan").rglob("*.py"))
}
LEVELS = {
    "cli": 6,
    "series": 5,
    "build": 4,
    "preview": 4,
    "review": 3,
    "render": 2,
    "print": 2,
    "importers": 2,
    "check": 3,
    "content": 1,
}
"""A part may import lower levels alone: no part knows its caller, or its neighbour."""


def imported(path: Path) -> set[str]:
    """The modules of huikan that a file imports, wherever in the file; type-checking imports count as well."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return {name for name in found if name in MODULES}


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_part_of_the_package_has_a_level() -> None:
    parts = {part_of(name) for name, path in MODULES.items() if path.name == "__init__.py"} - {""}
    assert parts <= set(LEVELS)


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_downwards(name: str) -> None:
    part = part_of(name)
    for other in imported(MODULES[name]):
        if part in LEVELS and part_of(other) in LEVELS and part_of(other) != part:
            assert LEVELS[part_of(other)] < LEVELS[part], f"{name} imports {other}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name: {other for other in imported(path) if not name.startswith(f"{other}.")} for name, path in MODULES.items()
    }
    order = list(TopologicalSorter({name: others - {name} for name, others in graph.items()}).static_order())
    assert set(order) == set(MODULES)


def test_a_build_begins_before_the_engine_and_what_a_booklet_may_never_need_are_loaded() -> None:
    code = "import sys, huikan.build; print(*{'weasyprint', 'pikepdf', 'fontTools', 'docx', 'dask'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


SOURCES = [path for folder in ("huikan", "tests", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_short_and_well_named(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") < 400
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


def classes_in(template: str) -> set[str]:
    """Every class that a template may write, in either branch of its conditions."""
    literal = re.findall(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', template)
    given = re.findall(r'inline\([^()]+,\s*"([\w -]+)"\)', template)
    words = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", " ".join([*literal, *given]))
    return set(words.split())


def test_templates_use_classes_of_the_vocabulary_alone() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html.j2"))
    used = {path.name: classes_in(path.read_text(encoding="utf-8")) for path in templates}
    assert len(set().union(*used.values())) > 30, "the pattern finds too little"
    assert {name: classes - known_classes() for name, classes in used.items() if classes - known_classes()} == {}


def test_a_class_in_either_branch_of_a_condition_is_seen() -> None:
    template = """<p class="a{% if x == "y" %} b{% else %} c{% endif %}">{{ inline(phrase, "d") }}"""
    assert classes_in(template) == {"a", "b", "c", "d"}
