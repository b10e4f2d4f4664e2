"""veraPDF over files: which rules of PDF/A-3a and PDF/UA-1 each of them breaks.

python -m tests.conformance.verapdf FILE.pdf…    prints the broken rules; exit code 1 when there are any, 3 without Java
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conformance.maven import ValidatorMissingError, fetched, java

FLAVOURS = ("3a", "ua1")
_POM = Path(__file__).with_name("verapdf.pom.xml")


@dataclass(frozen=True, slots=True, order=True)
class BrokenRule:
    """A rule that a file breaks: the validator's flavour, the clause of the standard and where it was seen first."""

    flavour: str
    clause: str
    test: int
    times: int
    description: str
    context: str

    def __str__(self) -> str:
        return f"{self.flavour} {self.clause}-{self.test} × {self.times}: {self.description}\n    {self.context}"


def validate(files: Sequence[Path], flavours: Sequence[str] = FLAVOURS) -> dict[Path, tuple[BrokenRule, ...]]:
    """The rules that each file breaks, in the order of flavours and clauses; an empty tuple is a conforming file.

    Raises ValidatorMissingError where veraPDF cannot run, and RuntimeError for a file that it could not parse.
    """
    broken: dict[Path, list[BrokenRule]] = {file.resolve(): [] for file in files}
    with ThreadPoolExecutor() as at_once:
        judged = list(at_once.map(lambda flavour: _jobs(flavour, list(broken)), flavours))
    for flavour, jobs in zip(flavours, judged, strict=True):
        for job in jobs:
            if "validationResult" not in job:
                raise RuntimeError(f"{job['itemDetails']['name']}: {job.get('taskException', 'not validated')}")
            for result in job["validationResult"]:
                broken[Path(job["itemDetails"]["name"])] += _rules(flavour, result)
    return {file: tuple(sorted(broken[file.resolve()])) for file in files}


def _jobs(flavour: str, files: Sequence[Path]) -> list[dict[str, Any]]:
    command = [*java(), "-jar", str(validator()), "--flavour", flavour, "--format", "json"]
    command += ["--maxfailuresdisplayed", "1", *map(str, files)]
    run = subprocess.run(command, capture_output=True, check=False, text=True)
    if run.returncode > 1:  # 0: all conform, 1: some do not
        raise RuntimeError(f"veraPDF failed ({run.returncode}):\n{run.stderr[-2000:]}")
    jobs: list[dict[str, Any]] = json.loads(run.stdout)["report"]["jobs"]
    if len(jobs) != len(files):
        raise RuntimeError(f"veraPDF judged {len(jobs)} of {len(files)} files:\n{run.stderr[-2000:]}")
    return jobs


def _rules(flavour: str, result: dict[str, Any]) -> list[BrokenRule]:
    rules = []
    for rule in result["details"]["ruleSummaries"]:
        if rule["ruleStatus"] != "PASSED":
            context = rule["checks"][0].get("context", "") if rule["checks"] else ""
            times = rule["failedChecks"]
            rules.append(
                BrokenRule(flavour, rule["clause"], rule["testNumber"], times, rule["description"].strip(), context)
            )
    if not result["compliant"] and not rules:
        raise RuntimeError(f"veraPDF calls the file not compliant without naming a rule: {result['statement']}")
    return rules


def validator() -> Path:
    """veraPDF's runnable jar."""
    return fetched(_POM, "verapdf") / "cli.jar"


def main(arguments: Sequence[str]) -> int:
    """Validate the files named on the command line."""
    try:
        broken = validate([Path(argument) for argument in arguments])
    except ValidatorMissingError as error:
        print(f"not validated: {error}", file=sys.stderr)
        return 3
    for file, rules in broken.items():
        print(f"{file}: {'conforms to PDF/A-3a and PDF/UA-1' if not rules else 'does NOT conform'}")
        for rule in rules:
            print(f"  {rule}")
    return 1 if any(broken.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
