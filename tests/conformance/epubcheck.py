"""EPUBCheck over files: what it says against each of them.

python -m tests.conformance.epubcheck FILE.epub…    prints it; exit code 1 when there is anything, 3 without Java
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.conformance.maven import ValidatorMissingError, fetched, java

_POM = Path(__file__).with_name("epubcheck.pom.xml")


def judge(file: Path) -> tuple[str, ...]:
    """Every fatal error, error, warning and remark on usage, as `SEVERITY CODE: message (place)`.

    Raises ValidatorMissingError where EPUBCheck cannot run, and RuntimeError where it says nothing.
    """
    jars = fetched(_POM, "epubcheck")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [*java(), "-cp", f"{jars}/*", "com.adobe.epubcheck.tool.Checker", str(file), "-u", "-j", str(report)]
        run = subprocess.run(command, capture_output=True, check=False, text=True)
        if not report.is_file():
            raise RuntimeError(f"EPUBCheck failed ({run.returncode}):\n{run.stderr[-2000:]}")
        said = json.loads(report.read_text(encoding="utf-8"))
    if said["checker"]["checkerVersion"] == "" or said["publication"]["nSpines"] == 0:
        raise RuntimeError(f"EPUBCheck did not read {file}: {said['checker']}")
    return tuple(
        f"{message['severity']} {message['ID']}: {message['message']} ({place['path']}:{place['line']})"
        for message in said["messages"]
        for place in message["locations"][:1] or [{"path": file.name, "line": 0}]
    )


def main(arguments: Sequence[str]) -> int:
    """Judge the files named on the command line."""
    try:
        judged = {argument: judge(Path(argument)) for argument in arguments}
    except ValidatorMissingError as error:
        print(f"not validated: {error}", file=sys.stderr)
        return 3
    for file, messages in judged.items():
        print("\n  ".join([f"{file}: {'nothing to say' if not messages else len(messages)}", *messages]))
    return 1 if any(judged.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
