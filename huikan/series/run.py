"""All booklets of a series through one executor: failures stay with their booklet, lost workers are replaced."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Protocol

from huikan.build import BuildRequest, Built
from huikan.finding import ContentError
from huikan.outputs import remove_unfinished
from huikan.series.worker import Failure, WorkerLostError, described

MOST_ATTEMPTS = 3
"""A booklet that has cost so many workers their lives is at fault itself."""


class Executor(Protocol):
    """Where booklets are built: `slots` of them at once, each `build` called in a thread of its own."""

    slots: int

    def build(self, request: BuildRequest) -> Built | Failure:
        """Build one booklet into its folder. Raises ContentError, and WorkerLostError when its worker died."""
        ...

    def close(self) -> None:
        """End, and give up what is running."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one booklet, after how many attempts and seconds."""

    request: BuildRequest
    result: Built | Failure
    attempts: int
    seconds: float

    @property
    def name(self) -> str:
        """The booklet's folder below the output folder."""
        return self.request.output.name


def build_series(
    requests: Sequence[BuildRequest], executor: Executor, finished: Callable[[Outcome], None] = lambda outcome: None
) -> tuple[Outcome, ...]:
    """Build every booklet, and tell `finished` of each in the order they end; the result is in the order asked for."""
    outcomes: dict[int, Outcome] = {}
    threads = ThreadPoolExecutor(max(1, min(executor.slots, len(requests))), thread_name_prefix="booklet")
    try:
        running = {threads.submit(_outcome, request, executor): place for place, request in enumerate(requests)}
        for future in as_completed(running):
            outcome = outcomes[running[future]] = future.result()
            finished(outcome)
    except BaseException:
        threads.shutdown(wait=False, cancel_futures=True)
        executor.close()
        raise
    finally:
        threads.shutdown()
    return tuple(outcomes[place] for place in sorted(outcomes))


def _outcome(request: BuildRequest, executor: Executor) -> Outcome:
    began, attempts = time.monotonic(), 0
    result: Built | Failure
    while True:
        attempts += 1
        try:
            result = executor.build(request)
            break
        except WorkerLostError as error:
            remove_unfinished(request.output)
            if attempts == MOST_ATTEMPTS:
                result = Failure(message=f"{error}, {attempts} times")
                break
        except ContentError as error:
            result = Failure(error.findings)
            break
        except Exception as error:  # of the executor, not of the booklet
            result = Failure(message=described(error))
            break
    return Outcome(request, result, attempts, time.monotonic() - began)
