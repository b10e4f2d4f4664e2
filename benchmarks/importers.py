"""Wall time of imports: schedules of several sizes, in every format that is read, a record as text and in Word.

python -m benchmarks.importers [--sizes 500 1000 5000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from rich.console import Console
from rich.table import Table

from benchmarks.schedule import schedule
from benchmarks.schedule_formats import FORMATS, as_aclpub2, talks
from huikan.importers.detect import import_file
from huikan.importers.write import write_imported


def record(count: int) -> str:
    """A forum's record of so many speeches, as its secretariat would type it."""
    made = [event for _, _, event in talks(schedule(count))]
    names = [event["persons"][0]["public_name"] for event in made]
    post, deed = "澄江市水务局局长", "出席“河流治理”分论坛并作专题发言"
    parts = [
        "“河流治理”分论坛",
        "【基本信息】",
        "专题发言：",
        "\n".join(f"{name} {post}" for name in names),
        "【简要介绍】",
        "2031年5月8日，第三届澄江水论坛“河流治理”分论坛在澄江举办。",
        "【专题发言环节】",
        *(f"{post} {name}\n{deed}\n\n{event['abstract']}" for name, event in zip(names, made, strict=True)),
    ]
    return "\n\n".join(parts) + "\n"


def sources(count: int, folder: Path) -> Iterator[Path]:
    """One source of so many talks in each format."""
    made = schedule(count)
    for name, write in FORMATS.items():
        path = folder / f"{count}-{name}"
        path.write_bytes(write(made))
        yield path
    aclpub2 = folder / f"{count}-aclpub2"
    aclpub2.mkdir()
    for name, content in as_aclpub2(made).items():
        (aclpub2 / name).write_bytes(content)
    yield aclpub2
    text = record(count)
    (folder / f"{count}-record.txt").write_text(text, encoding="utf-8")
    yield folder / f"{count}-record.txt"
    document, target = docx.Document(), BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(target)
    (folder / f"{count}-record.docx").write_bytes(target.getvalue())
    yield folder / f"{count}-record.docx"


def measure(source: Path, content: Path) -> tuple[float, float, int]:
    """Seconds to read and to write a source, and the files written."""
    began = time.perf_counter()
    imported = import_file(source)
    read = time.perf_counter()
    write_imported(imported, content)
    return read - began, time.perf_counter() - read, len(imported.files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 5000])
    table = Table("source", "read s", "write s", "files")
    with tempfile.TemporaryDirectory() as folder:
        for count in parser.parse_args().sizes:
            for number, source in enumerate(sources(count, Path(folder))):
                read, write, files = measure(source, Path(folder) / f"content-{count}-{number}")
                table.add_row(source.name, f"{read:.2f}", f"{write:.2f}", str(files))
    Console().print(table)


if __name__ == "__main__":
    main()
