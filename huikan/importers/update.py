"""`import --update`: a new import into a folder that was imported before and has been edited since."""

from __future__ import annotations

from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.draft import Imported
from huikan.importers.import_report import REPORT, bullets, section
from huikan.importers.merge import Conflict, merged_text, merged_yaml
from huikan.importers.write import BASE, base_files, write_atomically
from huikan.links import lies_in


def update_imported(imported: Imported, target: Path) -> tuple[Finding, ...]:
    """Merge the import into `target`; a warning for everything that both a human and the source changed.

    The last import's files in `.huikan-import/` tell what a human changed; they become the new import's. The report
    is written anew. Raises ContentError, and writes nothing, when `target` was not imported or a file is not YAML.
    """
    if not (target / BASE).is_dir():
        message = f"{target} was not imported before: it has no {BASE}/"
        raise ContentError([Finding("HK806", Severity.ERROR, message, "import into a new folder, without --update")])
    outcomes: dict[str, bytes | None] = {}
    conflicts: list[Conflict] = []
    theirs = {name: data if isinstance(data, bytes) else data.encode() for name, data in imported.files.items()}
    report = theirs.pop(REPORT)
    known = {
        path.relative_to(target / BASE).as_posix()
        for path in (target / BASE).rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    for name in sorted({*known, *theirs}):
        base, mine = _bytes_of(target / BASE / name, target), _bytes_of(target / name, target)
        outcomes[name], told = _merged(base, mine, theirs.get(name), name)
        conflicts += told
    outcomes[REPORT] = report + _update_section(conflicts).encode()
    for name, data in outcomes.items():
        _put(target / name, data)
    for name, data in base_files(imported).items():
        _put(target / name, data)
    for name in known - theirs.keys():
        _put(target / BASE / name, None)
    return tuple(_finding(conflict) for conflict in conflicts)


def _merged(
    base: bytes | None, mine: bytes | None, theirs: bytes | None, name: str
) -> tuple[bytes | None, list[Conflict]]:
    if name.endswith(".yaml") and base is not None and mine is not None and theirs is not None:
        text, conflicts = merged_yaml(_text(base, name), _text(mine, name), _text(theirs, name), name)
        return text.encode(), conflicts
    # Latin-1 gives every byte a character: the texts are only compared.
    words = [None if data is None else data.decode("latin-1") for data in (base, mine, theirs)]
    outcome, conflicts = merged_text(words[0], words[1], words[2], name)
    return None if outcome is None else outcome.encode("latin-1"), conflicts


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        finding = Finding("HK806", Severity.ERROR, f"{name} is not UTF-8 text", "save it with the encoding UTF-8", name)
        raise ContentError([finding]) from error


def _bytes_of(path: Path, target: Path) -> bytes | None:
    if not path.exists():
        return None
    if not lies_in(target, path) or not path.is_file():
        name = path.relative_to(target).as_posix()
        raise ContentError([Finding("HK802", Severity.ERROR, f"{name} is a link or a folder", "remove it", name)])
    return path.read_bytes()


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_atomically(path, data)


def _update_section(conflicts: list[Conflict]) -> str:
    lines = bullets(f"`{conflict.field}`: {conflict.message}" for conflict in conflicts)
    purpose = "Both a human and the source changed these fields. The content keeps what the human wrote."
    return "\n" + section("Update", purpose, lines, "No field was changed both here and in the source.") + "\n"


def _finding(conflict: Conflict) -> Finding:
    file, _, field = conflict.field.partition("#")
    message = f"{field}: {conflict.message}" if field else conflict.message
    return Finding("HK807", Severity.WARNING, message, "compare it with the source", file)
