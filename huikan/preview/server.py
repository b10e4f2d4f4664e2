"""The server: one page with its parts, a stream of states, pictures and words of pages, excerpts of content files."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from huikan.content.model import BILINGUAL, LANGUAGE_KEYS, Edition
from huikan.preview.booklet import EDITIONS
from huikan.preview.guard import LOOPBACK, OwnPagesOnly
from huikan.preview.session import Session, ViewKey
from huikan.preview.source import excerpt
from huikan.preview.state import state_of

_MEDIA_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_AFRESH = {"Cache-Control": "no-store"}
_SECONDS_TO_CLOSE = 2
_NARROWEST = 16


async def serve(folder: Path, port: int, when_ready: Callable[[str], None]) -> None:
    """Show the publication in `folder` at a loopback `port` (0: any free one) until SIGINT or SIGTERM.

    `when_ready` is told the address. Raises OSError when the port is taken.
    """
    with socket.socket() as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        own.bind((LOOPBACK, port))
        own.listen()
        port = own.getsockname()[1]
        session = Session(folder)
        config = uvicorn.Config(
            application(session, port),
            log_level="error",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        )
        server = _Server(config)
        asked_to_stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, asked_to_stop.set)
        following = asyncio.create_task(session.run())
        serving = asyncio.create_task(server.serve(sockets=[own]))
        when_ready(f"http://{LOOPBACK}:{port}/")
        stopping = asyncio.create_task(asked_to_stop.wait())
        await asyncio.wait({following, serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        await session.stop()
        await asyncio.gather(following, serving)


class _Server(uvicorn.Server):
    """Leaves signals to who runs it: streams have to end before connections can be waited for."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def application(session: Session, port: int) -> Starlette:
    """The application that answers at that port."""
    routes = [
        Route("/", _asset),
        Route("/assets/{name}", _asset),
        Route("/events", _events),
        Route("/pages/{look}.png", _picture),
        Route("/words/{words}.json", _words),
        Route("/field", _field),
        Route("/source", _source),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(OwnPagesOnly, port=port)])
    app.state.session = session
    return app


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    """The parts of the page by name, with their media types: nothing else is ever read by name."""
    found = {}
    for file in (files("huikan.preview") / "assets").iterdir():
        kind = file.name.rpartition(".")[2]
        if kind in _MEDIA_TYPES and file.name != "bleed.css":
            found[file.name] = (file.read_bytes(), _MEDIA_TYPES[kind])
    return found


async def _asset(request: Request) -> Response:
    asset = _assets().get(request.path_params.get("name", "index.html"))
    if asset is None:
        return PlainTextResponse("there is no such part", 404)
    return Response(asset[0], media_type=asset[1], headers=_AFRESH)


async def _events(request: Request) -> Response:
    session: Session = request.app.state.session
    key = _view_key(request)
    if key is None:
        return PlainTextResponse("there is no such language or edition", 404)

    async def states() -> AsyncIterator[str]:
        async with contextlib.aclosing(session.states(key)) as views:
            async for view in views:
                yield f"event: state\ndata: {json.dumps(state_of(view), ensure_ascii=False)}\n\n"

    return StreamingResponse(states(), media_type="text/event-stream", headers=_AFRESH)


def _view_key(request: Request) -> ViewKey | None:
    language = request.query_params.get("language", "")
    edition = request.query_params.get("edition", Edition.PRINT)
    known = {"", BILINGUAL, *LANGUAGE_KEYS}
    return ViewKey(language, Edition(edition)) if language in known and edition in EDITIONS else None


async def _picture(request: Request) -> Response:
    session: Session = request.app.state.session
    width = _number(request, "width")
    picture = None
    if width >= _NARROWEST:
        picture = await session.picture(
            request.path_params["look"], width, with_bleed=request.query_params.get("bleed") == "1"
        )
    if picture is None:
        return PlainTextResponse("there is no such page", 404, headers=_AFRESH)
    return Response(picture, media_type="image/png", headers=_FOREVER)


async def _words(request: Request) -> Response:
    session: Session = request.app.state.session
    words = await session.words(request.path_params["words"])
    if words is None:
        return PlainTextResponse("there is no such page", 404, headers=_AFRESH)
    return JSONResponse(asdict(words), headers=_FOREVER)


async def _field(request: Request) -> Response:
    """Where a field of a view is written, with the lines around it."""
    session: Session = request.app.state.session
    key = _view_key(request)
    view = session.views.get(key) if key else None
    field = request.query_params.get("field", "")
    place = view.booklet.places.get(field) if view and view.booklet else None
    if place is None:
        return PlainTextResponse("there is no such field", 404, headers=_AFRESH)
    lines = excerpt(session.folder, place.file, place.line, place.last)
    told = {"field": field, **asdict(place), "path": str((session.folder / place.file).resolve())}
    return JSONResponse(told | {"excerpt": asdict(lines) if lines else None}, headers=_AFRESH)


async def _source(request: Request) -> Response:
    """The lines around a place of a content file."""
    session: Session = request.app.state.session
    line = _number(request, "line")
    lines = excerpt(session.folder, request.query_params.get("file", ""), line, line)
    if lines is None:
        return PlainTextResponse("there is no such content file", 404, headers=_AFRESH)
    return JSONResponse(asdict(lines) | {"path": str((session.folder / lines.file).resolve())}, headers=_AFRESH)


def _number(request: Request, name: str) -> int:
    """A whole number of the query; 0 for anything else."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
