"""The `preview` command: show the booklet in the browser while it is written."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from huikan.finding import MissingSystemPartError

DEFAULT_PORT = 8765
_NEEDED = ("starlette", "uvicorn", "watchfiles")


@click.command()
@click.argument("content", type=click.Path(path_type=Path), default="content")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def preview(options: dict[str, bool], content: Path, port: int, in_browser: bool) -> None:
    """Show the booklet of CONTENT in the browser, page by page as it is printed, and follow the files.

    Save a file, and the pages that change are drawn again. Click on words to see where they are written. The address
    goes to stdout; it answers this machine alone. Ctrl-C ends it.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise MissingSystemPartError(f"preview needs {', '.join(missing)}\n    → pip install 'huikan[preview]'")
    import asyncio

    from huikan.content.load import load_publication
    from huikan.preview.server import serve

    if not content.is_dir():
        load_publication(content)

    def ready(address: str) -> None:
        click.echo(address)
        if not options["quiet"]:
            click.echo("Ctrl-C ends the preview.", err=True)
        if in_browser:
            import webbrowser

            webbrowser.open(address)

    try:
        asyncio.run(serve(content, port, ready))
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; --port 0 takes a free one"
        raise click.UsageError(message) from error
