"""Who is answered, what is served, and how it ends."""

from __future__ import annotations

import http.client
import importlib.util
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from huikan.cli import cli
from huikan.finding import MissingSystemPartError
from huikan.preview.source import excerpt
from tests.preview.driving import Running, previewing
from tests.publication import write_small_publication


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("booklet")
    write_small_publication(folder)
    secret = tmp_path_factory.mktemp("outside") / "secret.yaml"
    secret.write_text("secret: 1\n", encoding="utf-8")
    (folder / "linked.yaml").symlink_to(secret)
    (folder / "linked-folder").symlink_to(secret.parent)
    (folder / ".hidden.yaml").write_text("secret: 1\n", encoding="utf-8")
    with previewing(folder) as made:
        yield made


def answer(running: Running, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_the_page_and_its_parts_are_answered(running: Running) -> None:
    own = f"127.0.0.1:{running.port}"
    for path in ("/", "/assets/main.js", "/assets/frame.css", "/source?file=people.yaml&line=3"):
        assert answer(running, path, Origin=f"http://{own}", Sec_Fetch_Site="same-origin")[0] == 200
    assert answer(running, "/", Host=f"localhost:{running.port}")[0] == 200


@pytest.mark.parametrize("path", ["/", "/source?file=people.yaml&line=1", "/events", "/assets/main.js"])
def test_a_foreign_host_or_origin_is_refused(running: Running, path: str) -> None:
    for host in (
        f"evil.example:{running.port}",
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1:{running.port}.x",
    ):
        assert answer(running, path, Host=host)[0] == 421
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1", f"https://127.0.0.1:{running.port}"):
        assert answer(running, path, Origin=origin)[0] == 403
    assert (
        answer(running, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image")[0] == 403
    )
    assert (
        answer(running, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")[0] == 403
    )


@pytest.mark.parametrize(
    "name",
    [
        "../outside.yaml", "/etc/passwd", "linked.yaml", "linked-folder/secret.yaml", ".hidden.yaml",
        "photos/shan-wei.jpg",
        "summaries/../../x.md", "summaries", "..%2fx.yaml", "people.yaml%00", "..%5cx.yaml", "",
    ],
)  # fmt: skip
def test_no_file_outside_the_content_is_read(running: Running, name: str) -> None:
    status, body = answer(running, f"/source?file={name}&line=1")
    assert (status, b"secret" in body) == (404, False)
    for path in (f"/{name}", f"/assets/{name}", f"/assets/../{name}", f"/assets/..%2f..%2f{name}"):
        status, body = answer(running, path) if name else (404, b"")
        assert (status, b"secret" in body) == (404, False)


def test_an_excerpt_is_the_lines_around_a_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("".join(f"line {number}\n" for number in range(1, 30)), encoding="utf-8")
    found = excerpt(tmp_path, "a.yaml", 10, 11)
    assert found is not None
    assert (found.first, found.lines[0], found.lines[-1]) == (7, "line 7", "line 14")


def test_nothing_can_be_asked_for_but_pages_that_are_shown(running: Running) -> None:
    for path in (
        "/pages/0.png?width=100",
        "/words/0.json",
        "/field?field=x",
        "/events?language=xx",
        "/events?edition=web",
    ):
        assert answer(running, path)[0] == 404


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.is_dir():
        pytest.skip("this system has no /proc to look for processes in")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def is_running(pid: int) -> bool:
    """Whether the process still runs; one that ended may wait for its new parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_a_browser_connected_and_leaves_no_process(tmp_path: Path, how: signal.Signals) -> None:
    write_small_publication(tmp_path)
    with previewing(tmp_path) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
        connection.request("GET", "/events")
        stream = connection.getresponse()
        while b'"booklet": {' not in stream.readline():
            pass
        children = children_of(running.process.pid)
        assert children
        started = time.monotonic()
        os.kill(running.process.pid, how)
        assert running.process.wait(20) == 0
        assert time.monotonic() - started < 15
        connection.close()
        deadline = time.monotonic() + 10
        while any(map(is_running, children)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not [child for child in children if is_running(child)]


def test_missing_parts_and_a_missing_folder_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["preview", str(tmp_path / "none"), "--port", "0"])
    assert "there is no folder" in str(result.exception)
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "starlette" else find(name))
    result = CliRunner().invoke(cli, ["preview", str(tmp_path), "--port", "0"])
    assert isinstance(result.exception, MissingSystemPartError)
    assert "pip install 'huikan[preview]'" in str(result.exception)
