from __future__ import annotations

from pathlib import Path

import pytest

from huikan.finding import ContentError
from huikan.render.tokens import load_tokens
from huikan.resources import builtin


def style(folder: Path, declarations: str, name: str = "tokens.css") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f":root {{\n{declarations}\n}}", encoding="utf-8")
    return folder


def test_lengths_are_points_colours_hexadecimal_and_fonts_lists(tmp_path: Path) -> None:
    css = '--a: 25.4mm; --b: 10.5pt; --c: 0; --ink: rgb(20 50 79); --red: #b53; --font-x: "Noto Serif", "宋体", serif;'
    tokens = load_tokens([style(tmp_path, css)], "default")
    assert tokens.length("a") == pytest.approx(72)
    assert (tokens.length("b"), tokens.length("c")) == (10.5, 0)
    assert (tokens.colour("ink"), tokens.colour("red")) == ("14324F", "BB5533")
    assert tokens.families["font-x"] == ("Noto Serif", "宋体", "serif")
    assert tokens.family("font-x") == "Noto Serif"


def test_a_theme_overrides_some_tokens_and_the_nearest_file_is_taken() -> None:
    default, a5 = (load_tokens([builtin("styles")], theme) for theme in ("default", "a5"))
    assert a5.length("page-width") < default.length("page-width")
    assert a5.colours == default.colours


def test_a_publication_s_own_tokens_come_before_the_built_in_ones(tmp_path: Path) -> None:
    own = style(tmp_path, "--blue: #000001;")
    assert load_tokens([own, builtin("styles")], "default").colours == {"blue": "000001"}


def test_broken_tokens_are_named_with_their_line(tmp_path: Path) -> None:
    style(tmp_path, "--a: 3furlongs;\n--b: blue green;\n--c: calc(1pt + 1pt);\n--d: 2pt;")
    with pytest.raises(ContentError) as caught:
        load_tokens([tmp_path], "default")
    assert [(finding.code, finding.line) for finding in caught.value.findings] == [("HK061", n) for n in (2, 3, 4)]


def test_a_missing_token_is_named(tmp_path: Path) -> None:
    tokens = load_tokens([style(tmp_path, "--a: 1pt;")], "default")
    with pytest.raises(ContentError, match="--measure"):
        tokens.length("measure")
    with pytest.raises(ContentError, match="--blue"):
        tokens.colour("blue")


def test_tokens_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tokens.css").write_bytes(b":root { --a: \xff }")
    with pytest.raises(ContentError, match="UTF-8"):
        load_tokens([tmp_path], "default")
