"""The command line as a process: what it says is whole, its exit code is the command's, its end is an end."""

import subprocess
import sys
from pathlib import Path

import pytest

FRONT_DOOR = Path(__file__).parents[2] / "build.py"

_LATE = "import atexit, sys; atexit.register(print, 'late'); sys.argv = ['huikan', *{arguments}]; {engine}"


def ended(arguments: list[str], engine: str = "") -> subprocess.CompletedProcess[str]:
    code = _LATE.format(arguments=arguments, engine=engine) + "\nfrom huikan.process import run; run()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("engine", ["", "import weasyprint"])
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["--version"], 0, "version"), (["build", "/nowhere"], 1, "HK006"), (["build", "--nonsense"], 2, "--nonsense")],
)
def test_the_process_ends_as_its_command_does(arguments: list[str], code: int, said: str, engine: str) -> None:
    process = ended(arguments, engine)
    assert process.returncode == code
    assert said in process.stdout + process.stderr
    assert process.stdout.endswith("late\n")


def test_the_front_doors_are_one() -> None:
    told = {
        subprocess.run([sys.executable, *door, "--version"], capture_output=True, text=True, check=True).stdout
        for door in (["-m", "huikan"], [str(FRONT_DOOR)])
    }
    assert len({version.split()[-1] for version in told}) == 1
