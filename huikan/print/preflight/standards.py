"""Which standards a PDF says it follows: PDF/X, PDF/A and PDF/UA, from its XMP packet and its Info dictionary."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf
from lxml import etree

MAX_XMP_BYTES = 4 * 1024 * 1024
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_PDFXID = "{http://www.npes.org/pdfx/ns/id/}"
_PDFX = "{http://ns.adobe.com/pdfx/1.3/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPAQUE_X = ("PDF/X-1", "PDF/X-3")


@dataclass(frozen=True, slots=True)
class Claims:
    """What the file says about itself; empty strings where it says nothing."""

    has_xmp: bool = False
    pdfx: str = ""
    pdfa_part: str = ""
    pdfa_conformance: str = ""
    pdfua_part: str = ""
    title: str = ""

    @property
    def opaque_standard(self) -> str:
        """The claimed standard that forbids transparency, empty when there is none."""
        if self.pdfx.startswith(_OPAQUE_X):
            return self.pdfx
        return "PDF/A-1" if self.pdfa_part == "1" else ""


def claims_of(pdf: pikepdf.Pdf) -> Claims:
    """Read the claims; a missing or malformed XMP packet claims nothing."""
    root = _xmp(pdf)
    info = pdf.trailer.get("/Info")
    stated = str(info.get("/GTS_PDFXVersion", "")) if isinstance(info, pikepdf.Dictionary) else ""
    if root is None:
        return Claims(pdfx=stated)
    return Claims(
        has_xmp=True,
        pdfx=_value(root, f"{_PDFXID}GTS_PDFXVersion") or stated or _value(root, f"{_PDFX}GTS_PDFXVersion"),
        pdfa_part=_value(root, f"{_PDFA}part"),
        pdfa_conformance=_value(root, f"{_PDFA}conformance"),
        pdfua_part=_value(root, f"{_PDFUA}part"),
        title=_value(root, f"{_DC}title"),
    )


def _xmp(pdf: pikepdf.Pdf) -> etree._Element | None:
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return None
    packet = metadata.read_bytes()
    if len(packet) > MAX_XMP_BYTES:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(packet.strip(b"\x00 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _value(root: etree._Element, name: str) -> str:
    """A property as an element (with rdf:li inside, or plain) or as an attribute of rdf:Description."""
    for element in root.iter(name):
        text = "".join(str(part) for part in element.itertext()).strip()
        if text:
            return text
    for description in root.iter(f"{_RDF}Description"):
        attribute = description.get(name)
        if attribute:
            return str(attribute).strip()
    return ""
