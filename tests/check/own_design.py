"""Commands on a publication with stylesheets or templates of its own, and what they say of those."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from huikan.cli import cli
from huikan.finding import ContentError


def check(folder: Path, *options: str) -> Result:
    """The command `check` on a publication."""
    return CliRunner().invoke(cli, ["check", *options, str(folder)])


def build(folder: Path, *editions: str) -> Result:
    """The command `build`, of these editions in Chinese, in one process."""
    options = [option for edition in editions for option in ("-e", edition)]
    where = ["-o", str(folder / "out"), "--no-cache", "--jobs", "1", "-l", "zh-Hans"]
    return CliRunner().invoke(cli, ["build", str(folder), *where, *options])


def told_in(result: Result, part: str) -> list[str]:
    """The lines of the findings about files whose path begins with `part`, each with its hint."""
    assert result.exception is None or isinstance(result.exception, (SystemExit, ContentError))
    refused = str(result.exception) if isinstance(result.exception, ContentError) else ""
    lines = f"{result.output}\n{refused}".split("\n")
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    return [f"{line} {hint.strip()}" for line, hint in pairs if line.startswith(part)]
