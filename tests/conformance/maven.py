"""Validators written in Java, fetched with Maven once into the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path


class ValidatorMissingError(Exception):
    """Java or Maven is not there, or the validator could not be fetched; the message says what to do."""


def fetched(pom: Path, name: str) -> Path:
    """The folder with the jars that `pom` names, fetched once for each version of the pom.

    Raises ValidatorMissingError.
    """
    java()
    key = hashlib.sha256(pom.read_bytes()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "huikan-tests" / f"{name}-{key}"
    if (folder / "whole").is_file():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise ValidatorMissingError(f"Maven is missing, which fetches {name}: apt-get install maven")
    command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    run = subprocess.run(command, capture_output=True, check=False, text=True)
    if run.returncode:
        raise ValidatorMissingError(f"Maven could not fetch {name}:\n{(run.stdout + run.stderr)[-2000:]}")
    (folder / "whole").touch()
    return folder


def java() -> list[str]:
    """The command that runs Java 11 or newer. Raises ValidatorMissingError."""
    found = shutil.which("java")
    if found is None:
        raise ValidatorMissingError("Java is missing, which runs the validators: apt-get install default-jre-headless")
    said = subprocess.run([found, "-version"], capture_output=True, check=False, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 11:
        raise ValidatorMissingError(f"the validators need Java 11 or newer; found: {said.splitlines()[:1]}")
    return [found, "-Djava.awt.headless=true", "-XX:+UseSerialGC"]
