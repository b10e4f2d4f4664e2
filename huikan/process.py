"""The command line as a process, which leaves as soon as it has said everything."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress

from huikan.cli import main

_ENGINE = "weasyprint"
"""Removes the faces that it unpacked when its memory is put in order."""


def run() -> None:
    """Run the command line and end the process.

    Putting the memory of a long booklet in order takes the interpreter a tenth of a second, for nobody.
    """
    try:
        main()
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    if _ENGINE in sys.modules or not isinstance(code, int | None):
        sys.exit(code)  # type: ignore[arg-type]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code or 0)
