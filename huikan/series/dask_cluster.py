"""Booklets on a Dask cluster: content travels out as bytes or through shared storage, files come back the same way."""

from __future__ import annotations

import io
import threading
import uuid
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from huikan.build import BuildRequest, Built
from huikan.content.load import load_publication
from huikan.finding import ContentError, Finding, MissingSystemPartError, Severity
from huikan.outputs import replace_all
from huikan.render.archive.sources import PublicationFiles, publication_files
from huikan.series.packages import Delivery, Package, build_package, opened, package_of
from huikan.series.packing import pack, packed, unpacked
from huikan.series.worker import Failure, WorkerLostError

MOST_SENT = 512_000_000
"""Bytes of content that go through the scheduler, which holds them in memory until the booklet is built."""
_CONNECTING_S = 15.0
_ASKING_S = 15.0
_WITHOUT_WORKERS = 4
"""So many times in a row the cluster may have no worker before a booklet is given back."""


class DaskCluster:
    """Builds booklets on the workers of the scheduler at `address`.

    With `shared`, an fsspec URL of a folder that this machine and all workers can write, files travel through it.
    Raises MissingSystemPartError when Dask is not installed, or no scheduler with a worker answers.
    """

    def __init__(self, address: str, shared: str | None = None, *, cached: bool = True) -> None:
        try:
            import dask
            import distributed
        except ImportError as error:
            raise MissingSystemPartError("--dask needs Dask: pip install 'huikan[dask]'") from error
        self._shared = f"{shared.rstrip('/')}/{uuid.uuid4().hex}" if shared else ""
        self._cached = cached
        self._loading = threading.Lock()
        connect: Any = distributed.Client
        dask.config.set({"distributed.admin.large-graph-warning-threshold": MOST_SENT})
        try:
            self._client = connect(address, timeout=_CONNECTING_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            message = f"no Dask scheduler answers at {address}: start one with `dask scheduler`, or correct the address"
            raise MissingSystemPartError(message) from error
        try:
            self._client.wait_for_workers(1, timeout=_CONNECTING_S)
        except TimeoutError as error:
            self.close()
            message = f"the Dask cluster at {address} has no workers: start some with `dask worker {address}`"
            raise MissingSystemPartError(message) from error
        self.slots = 2 * self._workers()

    def build(self, request: BuildRequest) -> Built | Failure:
        """Build on a worker and write the files here, all or none.

        Raises ContentError for content that cannot be sent, WorkerLostError when the worker died.
        """
        with self._loading:
            loaded = load_publication(request.content)
            files = publication_files(request.content, loaded.source_files)
        package = self._stored(request, files) if self._shared else self._carried(request, files)
        try:
            result = self._answer(package)
            if isinstance(result, Failure):
                return result
            with opened(package.target, "rb") if package.target else io.BytesIO(result.packed) as stream:
                replace_all(request.output, unpacked(stream))
        finally:
            for url in filter(None, (package.source, package.target)):
                self._remove(url)
        return result.built

    def close(self) -> None:
        """Leave the cluster; what runs for us there is cancelled."""
        if self._shared:
            self._remove(self._shared)
        self._client.close()

    def _carried(self, request: BuildRequest, files: PublicationFiles) -> Package:
        size = sum(path.stat().st_size for path in files.paths.values())
        if size > MOST_SENT:
            message = f"{request.content} holds {size / 1e6:.0f} MB, more than can be sent through the scheduler"
            hint = "name storage that this machine and the workers share: --shared s3://…"
            raise ContentError([Finding("HK146", Severity.ERROR, message, hint)])
        return package_of(request, cached=self._cached, packed=packed(files.paths))

    def _stored(self, request: BuildRequest, files: PublicationFiles) -> Package:
        stem = f"{self._shared}/{uuid.uuid4().hex}"
        package = package_of(request, cached=self._cached, source=f"{stem}.content.tar", target=f"{stem}.files.tar")
        self._make_folder()
        with opened(package.source, "wb") as stream:
            pack(files.paths, stream)
        return package

    def _answer(self, package: Package) -> Delivery | Failure:
        from distributed import KilledWorker

        future = self._client.submit(build_package, package, pure=False)
        missing = 0
        try:
            while True:
                try:
                    answer: Delivery | Failure = future.result(timeout=_ASKING_S)
                    return answer
                except TimeoutError as error:
                    missing = 0 if self._workers() else missing + 1
                    if missing == _WITHOUT_WORKERS:
                        raise WorkerLostError("the cluster has no workers left") from error
        except KilledWorker as error:
            raise WorkerLostError("its workers on the cluster died") from error
        except CancelledError as error:
            raise WorkerLostError("the cluster gave it up") from error
        finally:
            future.release()

    def _workers(self) -> int:
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _make_folder(self) -> None:
        import fsspec

        storage, folder = fsspec.url_to_fs(self._shared)
        storage.makedirs(folder, exist_ok=True)

    def _remove(self, url: str) -> None:
        import fsspec

        with suppress(OSError):
            storage, path = fsspec.url_to_fs(url)
            storage.rm(path, recursive=True)
