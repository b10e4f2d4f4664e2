"""What an archive says of itself outside its pages."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pikepdf
import pytest

from tests.archive.booklets import archive_of
from tests.archive.tags import TaggedPdf
from tests.publication import write_small_publication

pytestmark = pytest.mark.xdist_group("archive")

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
EVENT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}Event"
XMP = "{http://ns.adobe.com/xap/1.0/}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> pikepdf.Pdf:
    folder = tmp_path_factory.mktemp("small")
    write_small_publication(folder)
    programme = folder / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("hosts: [lin-yue]", "hosts: []"), encoding="utf-8")
    return TaggedPdf(archive_of(folder, "zh-Hans")).pdf


@pytest.fixture(scope="module")
def xmp(archive: pikepdf.Pdf) -> ElementTree.Element:
    packet = archive.Root.Metadata.read_bytes().decode()
    assert packet.count("<rdf:RDF") == 1
    return ElementTree.fromstring(re.sub(r"<\?xpacket.*?\?>", "", packet))


def values(xmp: ElementTree.Element, name: str) -> list[str]:
    (found,) = xmp.iter(name)
    return [item.text or "" for item in found.iter(f"{RDF}li")] or [found.text or ""]


def test_dublin_core_names_the_booklet_its_makers_and_its_language(xmp: ElementTree.Element) -> None:
    assert values(xmp, f"{DC}title") == ["小型论坛 论坛", "小型论坛 论坛", "Small Forum"]
    assert values(xmp, f"{DC}creator") == ["海岸研究所"]
    assert values(xmp, f"{DC}contributor") == ["海岸研究所", "灯塔出版社"]
    assert values(xmp, f"{DC}subject")[1:] == ["海岸研究所", "灯塔出版社"]
    assert values(xmp, f"{DC}language") == ["zh-Hans"]
    assert values(xmp, f"{DC}date") == ["2024-11-06"]
    assert values(xmp, f"{DC}description")[0] == "2024年11月6日 上海"


def test_the_event_is_described(xmp: ElementTree.Element) -> None:
    assert values(xmp, EVENT)[0] == "小型论坛 论坛 2024年11月6日 上海"


def test_the_information_dictionary_says_what_the_xmp_says(archive: pikepdf.Pdf, xmp: ElementTree.Element) -> None:
    info = archive.docinfo
    assert str(info.Title) == values(xmp, f"{DC}title")[0]
    assert str(info.Author) == ", ".join(values(xmp, f"{DC}creator"))
    assert str(info.CreationDate) == str(info.ModDate) == "D:20241106000000+00'00'"
    assert values(xmp, f"{XMP}CreateDate") == values(xmp, f"{XMP}ModifyDate") == ["2024-11-06T00:00:00+00:00"]


def test_the_title_is_shown_and_an_output_intent_names_the_colours(archive: pikepdf.Pdf) -> None:
    assert archive.Root.ViewerPreferences.DisplayDocTitle
    assert archive.Root.MarkInfo.Marked
    (intent,) = archive.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp", "an ICC profile"
