"""No tofu: faces that are missing and characters without a glyph are named before anything is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint import HTML

from huikan.finding import MissingSystemPartError
from huikan.render.faces import install_line, missing_faces, require_faces, required_faces
from huikan.render.glyphs import MissingGlyph, missing_glyphs
from huikan.render.layout import chinese_layout
from tests.typography.measure import TOKENS

UNASSIGNED = "\U000e7777"


def glyphs_missing_in(body: str) -> tuple[MissingGlyph, ...]:
    document = HTML(string=f"<html lang=zh-Hans><style>{TOKENS}body{{font-family:var(--font-song)}}</style>{body}")
    with chinese_layout():
        return missing_glyphs(document.render(), document.etree_element)


def test_a_character_without_a_glyph_is_named_with_its_field() -> None:
    body = f"<p data-field='people.yaml#wang.name.zh'>王<b>{UNASSIGNED}</b></p><p>好{UNASSIGNED}</p>"
    assert glyphs_missing_in(body) == (
        MissingGlyph(UNASSIGNED, "people.yaml#wang.name.zh", 1),
        MissingGlyph(UNASSIGNED, "", 1),
    )
    assert MissingGlyph(UNASSIGNED, "", 1).name == "U+E7777 unnamed character"


def test_ordinary_text_with_invisible_characters_misses_nothing() -> None:
    assert glyphs_missing_in("<p>会刊“AI”——……\u200b·𠮷 Añjō\u00a0x\u00adyz<br>完</p>") == ()


def test_the_faces_of_the_design_are_read_from_its_tokens() -> None:
    tokens = (Path(__file__).parents[2] / "styles" / "tokens.css").read_text(encoding="utf-8")
    faces = required_faces(tokens)
    assert "Noto Serif CJK SC" in faces
    assert required_faces(":root{--font-a: Source Han Serif, serif; --font-b: 'X', 'Y'; --size-c: 'Z'}") == (
        "Source Han Serif",
        "X",
    )


def test_missing_faces_are_named_with_the_line_that_installs_them() -> None:
    known = frozenset({"noto serif cjk sc"})
    missing = missing_faces(("Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"), known)
    assert missing == ("Noto Sans CJK SC", "LXGW WenKai")
    assert install_line(missing, "linux") == "apt install fonts-noto-cjk fonts-lxgw-wenkai"
    assert install_line(missing, "darwin") == "brew install --cask font-noto-sans-cjk-sc font-lxgw-wenkai"
    assert install_line(["Sample Song"], "linux") == "install the font files of: Sample Song"


def test_a_face_that_is_not_on_the_machine_stops_the_build_with_its_name() -> None:
    require_faces(())
    with pytest.raises(MissingSystemPartError, match="No Such Song"):
        require_faces(["No Such Song"])


def test_without_fontconfig_the_line_that_installs_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingSystemPartError, match="fontconfig comes with Pango"):
        missing_faces(["Noto Serif CJK SC"])
