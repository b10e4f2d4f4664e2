"""What an archive says of itself: XMP with Dublin Core, the event, and the claims of PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree
from pikepdf import Dictionary, Name, Pdf, String

from huikan.content.resolved import ResolvedBooklet
from huikan.render.archive.attachments import pdf_date

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

_EXTENSIONS = (
    ("pdfuaid", "PDF/UA Universal Accessibility Schema", ("part", "Integer", "internal", "Part of ISO 14289")),
    (
        "Iptc4xmpExt",
        "IPTC Extension Schema",
        ("Event", "Lang Alt", "external", "Names and describes the specific event"),
    ),
)
"""Schemas that PDF/A does not know and a file must describe itself (ISO 19005-3 §6.6.2.3)."""


@dataclass(frozen=True, slots=True)
class ArchiveMetadata:
    """Dublin Core of one language's archive. `titles` and `events` are by language tag, the document's own first."""

    titles: Mapping[str, str]
    events: Mapping[str, str]
    description: str
    coverage: str
    creators: tuple[str, ...]
    contributors: tuple[str, ...]
    subjects: tuple[str, ...]
    languages: tuple[str, ...]
    event_date: dt.date
    time: dt.datetime
    identifier: str
    producer: str
    creator_tool: str


def archive_metadata(
    booklet: ResolvedBooklet,
    document_label: str,
    *,
    time: dt.datetime,
    identifier: str,
    producer: str,
    creator_tool: str,
) -> ArchiveMetadata:
    """What the booklet says of itself. `document_label` is the word for this kind of book, the first subject."""
    hosts, *others = [[member.text for member in group.members] for group in booklet.organisers] or [[]]
    title = " ".join(part.text for part in (booklet.series, booklet.title, booklet.kind) if part)
    when_where = " ".join(part.text for part in (booklet.date_words, booklet.venue) if part)
    translated = booklet.translated_title
    return ArchiveMetadata(
        titles={booklet.language: title} | ({translated.language: translated.text} if translated else {}),
        events={booklet.language: f"{title} {when_where}".strip()},
        description=when_where,
        coverage=when_where,
        creators=tuple(hosts) or (booklet.title.text,),
        contributors=tuple(dict.fromkeys(name for group in others for name in group)),
        subjects=(document_label, *dict.fromkeys(name for group in (hosts, *others) for name in group)),
        languages=(booklet.language,),
        event_date=booklet.date,
        time=time,
        identifier=identifier,
        producer=producer,
        creator_tool=creator_tool,
    )


def write_metadata(pdf: Pdf, metadata: ArchiveMetadata) -> None:
    """Replace the document's XMP and its information dictionary, which say the same (ISO 19005-3 §6.6.2)."""
    stream = pdf.make_stream(xmp_packet(metadata))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    date = String(pdf_date(metadata.time))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(next(iter(metadata.titles.values()))),
            Author=String(", ".join(metadata.creators)),
            Subject=String(metadata.description),
            Keywords=String(", ".join(metadata.subjects)),
            Creator=String(metadata.creator_tool),
            Producer=String(metadata.producer),
            CreationDate=date,
            ModDate=date,
        )
    )


def xmp_packet(metadata: ArchiveMetadata) -> bytes:
    """The XMP packet: one rdf:RDF with one description, and the schemas that a reader may not know."""
    time = metadata.time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    document = uuid.uuid5(uuid.NAMESPACE_URL, metadata.identifier)
    own = next(iter(metadata.titles))
    contributors = [_element("dc:contributor", _container("Bag", metadata.contributors))]
    description = _element(
        "rdf:Description",
        _element("pdfaid:part", "3"),
        _element("pdfaid:conformance", "A"),
        _element("pdfuaid:part", "1"),
        _element("dc:format", "application/pdf"),
        _element("dc:identifier", metadata.identifier),
        _element("dc:title", _alternatives(metadata.titles)),
        _element("dc:description", _alternatives({own: metadata.description})),
        _element("dc:creator", _container("Seq", metadata.creators)),
        *(contributors if metadata.contributors else []),
        _element("dc:subject", _container("Bag", metadata.subjects)),
        _element("dc:language", _container("Bag", metadata.languages)),
        _element("dc:date", _container("Seq", [metadata.event_date.isoformat()])),
        _element("dc:type", _container("Bag", ["Text"])),
        _element("dc:coverage", metadata.coverage),
        _element("Iptc4xmpExt:Event", _alternatives(metadata.events)),
        _element("xmp:CreateDate", time),
        _element("xmp:ModifyDate", time),
        _element("xmp:MetadataDate", time),
        _element("xmp:CreatorTool", metadata.creator_tool),
        _element("pdf:Producer", metadata.producer),
        _element("pdf:Keywords", ", ".join(metadata.subjects)),
        _element("xmpMM:DocumentID", f"uuid:{document}"),
        _element("xmpMM:InstanceID", f"uuid:{uuid.uuid5(document, time)}"),
        _element("pdfaExtension:schemas", _element("rdf:Bag", *(_extension(*extension) for extension in _EXTENSIONS))),
    )
    description.set(_name("rdf:about"), "")
    meta = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    meta.append(_element("rdf:RDF", description))
    body = etree.tostring(meta, encoding="unicode", pretty_print=True)
    packet = f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{body}<?xpacket end="r"?>'
    return packet.encode()


def _name(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _element(prefixed: str, *content: etree._Element | str) -> etree._Element:
    """An element with its text or its children."""
    element = etree.Element(_name(prefixed), nsmap=_NAMESPACES)
    for part in content:
        if isinstance(part, str):
            element.text = part
        else:
            element.append(part)
    return element


def _container(kind: str, words: Iterable[str]) -> etree._Element:
    return _element(f"rdf:{kind}", *(_element("rdf:li", word) for word in words))


def _alternatives(words: Mapping[str, str]) -> etree._Element:
    alternatives = _element("rdf:Alt")
    for tag, text in (("x-default", next(iter(words.values()))), *words.items()):
        item = _element("rdf:li", text)
        item.set("{http://www.w3.org/XML/1998/namespace}lang", tag)
        alternatives.append(item)
    return alternatives


def _resource(*content: etree._Element) -> etree._Element:
    item = _element("rdf:li", *content)
    item.set(_name("rdf:parseType"), "Resource")
    return item


def _extension(prefix: str, title: str, described: tuple[str, str, str, str]) -> etree._Element:
    keys = ("name", "valueType", "category", "description")
    known = (_element(f"pdfaProperty:{key}", value) for key, value in zip(keys, described, strict=True))
    return _resource(
        _element("pdfaSchema:schema", title),
        _element("pdfaSchema:namespaceURI", _NAMESPACES[prefix]),
        _element("pdfaSchema:prefix", prefix),
        _element("pdfaSchema:property", _element("rdf:Seq", _resource(*known))),
    )
