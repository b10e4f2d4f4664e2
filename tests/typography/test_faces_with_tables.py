"""Faces whose tables look at what stands beside a glyph are set as Pango sets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huikan.print.outlines import outlined_face
from tests.typography.built_faces import name_of, write_configuration, write_face

ROOT = Path(__file__).resolve().parents[2]
COMMA, ONE, HAN_ONE = name_of("，"), name_of("1"), name_of("一")
TABLES = {
    "a mark changed before a Han": (f"feature calt {{ sub {COMMA}' {HAN_ONE} by alt; }} calt;", "", "会，一"),
    "a mark moved before a Han": (f"feature kern {{ pos {COMMA}' -300 {HAN_ONE}; }} kern;", "", "会，一"),
    "a ligature of what another feature changes": (
        f"feature liga {{ sub {ONE} {ONE} by oneone; }} liga; feature tnum {{ sub {ONE} by one.tnum; }} tnum;",
        "font-variant-numeric: tabular-nums",
        "会11会",
    ),
    "a mark changed behind a Han": (f"feature calt {{ sub {HAN_ONE} {COMMA}' by alt; }} calt;", "", "一，会"),
}
SET = """
import json, sys
from huikan.render.layout import chinese_layout
from tests.typography.test_lone_glyphs import alone, by_pango, style
face, rule, text = sys.argv[1:]
def told(shaped):
    return shaped and [(run.ids, run.widths) for run in shaped.runs]
with chinese_layout():
    pango = told(by_pango(text, style(face, rule)))
    plain = told(alone("会汉", style(face, rule)))
    print(json.dumps([pango, told(alone(text, style(face, rule))), plain]))
"""


def said(folder: Path, *command: str) -> str:
    given = os.environ | {"FONTCONFIG_FILE": str(write_configuration(folder))}
    done = subprocess.run([sys.executable, "-c", *command], cwd=ROOT, env=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("case", TABLES)
def test_a_glyph_that_is_changed_by_its_neighbour_is_pangos(case: str, tmp_path: Path) -> None:
    features, rule, text = TABLES[case]
    write_face(tmp_path, "Tables Test", features)
    pango, alone, plain = json.loads(said(tmp_path, SET, "Tables Test", rule, text))
    assert alone in (None, pango)
    assert plain is not None, "nothing of this face is set from what is known"


def test_a_face_with_a_hyphen_in_its_name_is_found_for_a_slug_line(tmp_path: Path) -> None:
    path = write_face(tmp_path, "FZHei-B01S")
    asked = "from huikan.render.faces import face_file; print(*face_file('FZHei-B01S'))"
    assert said(tmp_path, asked).split() == [str(path), "0"]


def test_a_variable_face_is_outlined_in_its_regular_weight(tmp_path: Path) -> None:
    path = write_face(tmp_path, "Var Hei", weights=(100, 100, 900))
    with outlined_face(path) as face:
        regular = face.line("汉").path
    with outlined_face(write_face(tmp_path, "Still Hei")) as face:
        thinnest = face.line("汉").path
    assert regular != thinnest
