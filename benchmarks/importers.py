"""CPU time and size of imports: schedules of several sizes, as JSON.

python -m benchmarks.importers [--sizes 500 1000 5000]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.schedule import schedule
from huikan.importers.detect import import_file
from huikan.importers.write import write_imported


def measure(talks: int, folder: Path) -> tuple[float, float, int, int]:
    """Seconds of CPU to read and to write a schedule, its bytes, and the files written."""
    source = folder / f"schedule-{talks}.json"
    source.write_text(json.dumps(schedule(talks)), encoding="utf-8")
    began = time.process_time()
    imported = import_file(source)
    read = time.process_time()
    write_imported(imported, folder / f"content-{talks}")
    return read - began, time.process_time() - read, source.stat().st_size, len(imported.files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 5000])
    table = Table("talks", "read s", "write s", "MB", "files")
    with tempfile.TemporaryDirectory() as folder:
        for talks in parser.parse_args().sizes:
            read, write, size, files = measure(talks, Path(folder))
            table.add_row(str(talks), f"{read:.2f}", f"{write:.2f}", f"{size / 1e6:.1f}", str(files))
    Console().print(table)


if __name__ == "__main__":
    main()
