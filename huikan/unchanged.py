"""A build that would change nothing is known by its inputs, before the engine is loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from huikan.cache import Store
from huikan.finding import Finding, Severity
from huikan.fingerprint import file_prints, folder_print
from huikan.outputs import MANIFEST, BuiltFile

_KIND = "build"
_SAID_BY_ENVIRONMENT = ("SOURCE_DATE_EPOCH", "TZ", "LANG", "LC_ALL")


def key_of(
    content: Path, output: Path, wanted: Mapping[str, object], environ: Mapping[str, str], kept: Store, machine: str
) -> str:
    """A hash of all that a build of `content` depends on: `wanted` is what was asked for, `machine` its print."""
    said = [
        machine,
        str(content.resolve()),
        folder_print(content, kept, but=output),
        sorted((name, repr(value)) for name, value in wanted.items()),
        [environ.get(name) for name in _SAID_BY_ENVIRONMENT],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def standing(key: str, output: Path, kept: Store) -> tuple[tuple[BuiltFile, ...], tuple[Finding, ...]] | None:
    """Files and warnings of an earlier build under the same key, if its files stand in `output` as it wrote them."""
    record = kept.get(_KIND, f"{key} {output.resolve()}")
    if record is None:
        return None
    facts = json.loads(record)
    files = tuple(BuiltFile(**file) for file in facts["files"])
    prints = file_prints(output, kept) if output.is_dir() else {}
    wanted = facts.get("earlier", {}) | {file.name: file.sha256 for file in files} | {MANIFEST: facts["manifest"]}
    if any(prints.get(name) != sha256 for name, sha256 in wanted.items()):
        return None
    warnings = (Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in facts["warnings"])
    return files, tuple(warnings)


def remember(key: str, output: Path, files: Sequence[BuiltFile], warnings: Sequence[Finding], kept: Store) -> None:
    """Keep what a finished build has written, for `standing`."""
    listing = (output / MANIFEST).read_bytes()
    facts = {
        "earlier": {each["name"]: each["sha256"] for each in json.loads(listing).get("earlier", ())},
        "files": [asdict(file) for file in files],
        "manifest": hashlib.sha256(listing).hexdigest(),
        "warnings": [asdict(finding) for finding in warnings],
    }
    kept.put(_KIND, f"{key} {output.resolve()}", json.dumps(facts, ensure_ascii=False).encode())
