"""Whatever stands in the files: loading either works or says where the problem is; what is valid can be resolved."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huikan.content.labels import Labels, load_labels
from huikan.content.load import load_publication
from huikan.content.model import Edition, Mode, OrganiserRole, Publication, Role, SessionKind
from huikan.content.resolve import resolve
from huikan.finding import ContentError, Finding
from huikan.render.html import parse_html, render_html
from huikan.resources import builtin
from tests.publication import write_small_publication

_FILES = ["booklet.yaml", "organisations.yaml", "people.yaml", "programme.yaml", "report.yaml", "summaries/shan-wei.md"]
_PIECES = st.sampled_from(
    [
        *(
            "id: ",
            "name: ",
            "title:\n",
            "sessions:\n",
            "  - ",
            "- ",
            "---\n",
            "appearance: ",
            "zh: 单伟\n",
            "{",
            "}",
            "[",
            "]",
        ),
        *(
            '"',
            "'",
            "&a ",
            "*a",
            "!!int ",
            "<<: ",
            "|\n",
            ">\n",
            "\t",
            "\n",
            "\r\n",
            "  ",
            ": ",
            ", ",
            "# x\n",
            "? ",
            "%YAML",
        ),
        *(
            "\0",
            "\u2028",
            "\x85",
            "\ufeff",
            "2024-11-06",
            "09:30",
            "1e999",
            "0x1F",
            ".nan",
            "no",
            "~",
            "![](file:///a)\n",
        ),
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(_FILES),
    raw=st.binary(max_size=60)
    | st.lists(_PIECES | st.text(max_size=3), max_size=25).map(lambda text: "".join(text).encode()),
    keep=st.integers(0, 200),
)
def test_any_bytes_in_a_file_are_read_or_refused_at_a_line_of_that_file(name: str, raw: bytes, keep: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_small_publication(folder)
        path = folder / name
        raw = path.read_bytes()[:keep] + raw
        path.write_bytes(raw)
        try:
            load_publication(folder)
            findings: tuple[Finding, ...] = ()
        except ContentError as error:
            findings = error.findings or pytest.fail("refused without a word")
        for finding in findings:
            text = (folder / finding.file).read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            lines = text.split(b"\n")
            assert 1 <= finding.line <= len(lines), str(finding)
            assert 1 <= finding.column <= len(lines[finding.line - 1].decode("utf-8", "replace")) + 1, str(finding)


_PLAIN = st.text("abc 单伟论坛·,-'\"!?()", min_size=1, max_size=12).map(lambda text: f"甲{text.strip()}乙")


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(_PLAIN, min_size=1, max_size=6), windows=st.booleans(), mark=st.booleans())
def test_the_span_of_a_plain_scalar_is_its_value(texts: list[str], windows: bool, mark: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_small_publication(folder)
        old = (folder / "people.yaml").read_text(encoding="utf-8")
        text = old + "".join(f"p{n}:\n  # {name}\n  name: {name}\n  bio: [{name[0]}]\n" for n, name in enumerate(texts))
        raw = (text.replace("\n", "\r\n") if windows else text).encode()
        (folder / "people.yaml").write_bytes((b"\xef\xbb\xbf" if mark else b"") + raw)
        loaded = load_publication(folder)
    for n, name in enumerate(texts):
        span = loaded.locate(f"people.yaml#p{n}.name")
        assert span is not None
        assert text[span.start : span.end] == name
        assert loaded.publication.people[f"p{n}"].name.parts("") == (name,)
        assert text.split("\n")[span.line - 1][span.column - 1 :] == name


def _texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    parts = words | st.lists(words, min_size=1, max_size=3)
    return parts | st.fixed_dictionaries({"zh": parts}) | st.fixed_dictionaries({"en": parts}, optional={"zh": parts})


_WORD = st.text("某市研究院院长 AbZ{}<&>%“”·1\n*", min_size=1, max_size=8).filter(lambda word: bool(word.strip()))
_TEXT = _texts(_WORD)
_IDS = ["a", "b-1", "c"]


def _maybe(**fields: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {name: st.none() | value for name, value in fields.items()}


def _appearances(prefix: str, least: int = 0) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {"person": st.sampled_from(_IDS), "mode": st.sampled_from(Mode)},
        optional=_maybe(
            role=st.sampled_from(Role),
            title=_TEXT,
            topic=_TEXT,
            scope=_TEXT,
            caption=_TEXT,
            no_summary=_TEXT,
            affiliation=st.lists(st.sampled_from(["o"]), max_size=1),
            start=st.just("09:30"),
            photo=st.just("photos/a.jpg"),
        ),
    )
    return st.lists(one, min_size=least, max_size=3).map(
        lambda found: [{**item, "id": f"{prefix}-{n}"} for n, item in enumerate(found)]
    )


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    sessions = []
    for n in range(draw(st.integers(1, 3))):
        optional = _maybe(
            title=_TEXT, room=_TEXT, track=_TEXT, description=_TEXT, end=st.just("10:30"), start=st.just("09:30")
        )
        session = draw(st.fixed_dictionaries({"kind": st.sampled_from(SessionKind), "label": _TEXT}, optional=optional))
        session |= {"id": f"s{n}", "hosts": draw(_appearances(f"h{n}")), "items": draw(_appearances(f"i{n}"))}
        sessions.append({**session, "hosts_stand": draw(st.sampled_from(["first", "last"]))})
    person = st.fixed_dictionaries(
        {"name": _TEXT},
        optional=_maybe(title=_TEXT, sort=_TEXT, bio=_TEXT, photo=st.just({"file": "photos/a.jpg", "alt": "某"})),
    )
    people = {id: {**draw(person), "affiliation": draw(st.sampled_from([[], ["o"]]))} for id in _IDS}
    languages = draw(st.sampled_from([["zh-Hans", "en"], ["en", "zh-Hans"], ["en"], ["zh-Hans"]]))
    group = {
        "role": draw(st.sampled_from(OrganiserRole)),
        "members": ["o"],
        "use": draw(st.sampled_from(["name", "short"])),
    }
    imprint = st.fixed_dictionaries(
        {"editors": st.lists(_TEXT, max_size=2)}, optional=_maybe(publisher=_TEXT, isbn=_WORD)
    )
    booklet = draw(
        st.fixed_dictionaries(
            {"id": st.just("b"), "title": _TEXT, "date": st.dates(), "imprint": imprint},
            optional=_maybe(
                series=_TEXT, kind=_TEXT, short_title=_TEXT, subtitle=_TEXT, venue=_TEXT, introduction=_TEXT
            ),
        )
    )
    figure = {"caption": draw(_TEXT), "rows": [[draw(_TEXT), "1"], ["0", draw(_TEXT)]]}
    report = {
        "title": draw(_TEXT),
        "abstract": draw(_TEXT),
        "presented_by": "a",
        "findings": [draw(_TEXT)],
        "figures": [figure],
    }
    spoken = [item["id"] for session in sessions for item in session["items"]][:2]
    first = "zh" if languages[0] == "zh-Hans" else "en"
    summaries = {
        f"x-{id}": {"id": f"x-{id}", "appearance": id, "prose": {first: draw(_WORD)}, "first_line": {first: 1}}
        for id in spoken
    }
    return Publication.model_validate(
        {
            "booklet": {**booklet, "languages": languages, "organisers": [group], "editions": [Edition.PRINT]},
            "organisations": {"o": {"name": draw(_TEXT), "short": draw(st.none() | _TEXT)}},
            "people": people,
            "programme": {"sessions": sessions},
            "report": draw(st.sampled_from([None, report])),
            "summaries": summaries,
        }
    )


@cache
def labels_of(language: str) -> Labels:
    return load_labels(language, (builtin("templates"),))


# Shrinking a whole publication takes minutes and says little
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(publications())
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_valid_publication_resolves_and_renders_in_both_languages(
    language: str, publication: Publication
) -> None:
    booklet = resolve(publication, labels_of(language))
    assert [session.id for session in booklet.sessions] == [session.id for session in publication.programme.sessions]
    appearing = {item.person for session in publication.programme.sessions for item in (*session.hosts, *session.items)}
    assert sum(len(group.entries) for group in booklet.index) == len(appearing)
    tree = parse_html(render_html(booklet, labels_of(language), [builtin("templates")]))
    assert tree.find("head/title") is not None
