"""What a worker does: one booklet, and whatever comes of it as a value that travels between processes."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass
from pathlib import Path

from huikan.build import BuildRequest, Built, build
from huikan.cache import Cache
from huikan.finding import ContentError, Finding, MissingSystemPartError
from huikan.fingerprint import machine_print
from huikan.render.workshop import Workshop
from huikan.unchanged import key_of, remember, standing


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a booklet was not built: problems of its content, or else a message."""

    findings: tuple[Finding, ...] = ()
    message: str = ""


class WorkerLostError(Exception):
    """The worker died before it answered; another may succeed."""


def attempt(request: BuildRequest, cache: Cache, *, in_passing: bool = False) -> Built | Failure:
    """Build, and never raise for what lies in this one booklet. A booklet that would not change is not built again.

    Folders that are there `in_passing` are not remembered.
    """
    try:
        workshop = Workshop(1, cache, machine_print())
        return build(request, workshop=workshop) if in_passing else _built(request, workshop, cache)
    except ContentError as error:
        return Failure(error.findings)
    except MissingSystemPartError as error:
        return Failure(message=str(error))
    except Exception as error:  # a crash stops this booklet, not the others
        return Failure(message=described(error))


def _built(request: BuildRequest, workshop: Workshop, cache: Cache) -> Built:
    wanted = {"editions": request.editions, "languages": request.languages, "draft": request.draft}
    key = key_of(request.content, request.output, wanted, os.environ, cache, workshop.machine)
    if known := standing(key, request.output, cache):
        return Built(*known)
    built = build(request, workshop=workshop)
    remember(key, request.output, built.files, built.warnings, cache)
    return built


def described(error: Exception) -> str:
    """An unexpected error in one line, with the place where it came up."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"
