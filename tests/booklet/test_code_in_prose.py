"""Code in Chinese prose is set in a Chinese face on any machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.publication import write_small_publication

MONOSPACED = "Noto Sans Mono CJK SC"
CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include>{system}</include>
<selectfont><rejectfont>
<pattern><patelt name="family"><string>{family}</string></patelt></pattern>
</rejectfont></selectfont>
</fontconfig>
"""


def _system_configuration() -> Path:
    found = [Path(name) for name in ("/etc/fonts/fonts.conf", "/opt/homebrew/etc/fonts/fonts.conf")]
    there = [path for path in found if path.is_file()]
    if not there:
        pytest.skip("fontconfig has its configuration elsewhere")
    return there[0]


def _faces(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as document:
        fonts = (font for page in document.pages for font in page.Resources.get("/Font", {}).values())
        return {str(font.BaseFont).partition("+")[2] for font in fonts}


@pytest.mark.parametrize("installed", [True, False])
def test_code_is_chinese_also_where_the_face_of_fixed_width_is_missing(tmp_path: Path, installed: bool) -> None:
    content = tmp_path / "content"
    write_small_publication(content)
    summary = content / "summaries" / "shan-wei.md"
    summary.write_text(summary.read_text(encoding="utf-8") + "\n写作 `直角与骨` 即可。\n", encoding="utf-8")
    environment = dict(os.environ)
    if not installed:
        configuration = tmp_path / "fonts.conf"
        said = CONFIGURATION.format(system=_system_configuration(), family=MONOSPACED)
        configuration.write_text(said, encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(configuration)
    command = [sys.executable, "-m", "huikan", "build", str(content), "-o", str(tmp_path / "output"), "--no-cache"]
    done = subprocess.run(
        [*command, "--lang", "zh-Hans", "--edition", "print"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    faces = _faces(tmp_path / "output" / "small-forum.zh-Hans.print.pdf")
    assert ("Noto-Sans-Mono-CJK-SC" in faces) is installed
    assert "Noto-Sans-CJK-SC" in faces
    assert not {face for face in faces if "CJK-JP" in face or "DejaVu" in face}
