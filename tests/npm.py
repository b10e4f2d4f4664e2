"""Programs of npm that tests use, installed once into the cache of the person who runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest


@cache
def npm_folder(*modules: str) -> Path:
    """A folder in whose `node_modules` the modules (name@version) are, whole; skips the test if they cannot be had."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip(f"npm is not installed: there is no {modules[0]}")
    kept = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "huikan-tests"
    folder = kept / " ".join(modules).replace("/", "-")
    if not folder.is_dir():
        # Processes that test at the same time each install them; the first to be done has them for all.
        kept.mkdir(parents=True, exist_ok=True)
        begun = tempfile.mkdtemp(prefix="npm-", dir=kept)
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", begun, *modules]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode == 0:
            with suppress(OSError):
                Path(begun).rename(folder)
        shutil.rmtree(begun, ignore_errors=True)
        if not folder.is_dir():
            pytest.skip(f"{modules} cannot be installed: {done.stderr[-300:]}")
    return folder
