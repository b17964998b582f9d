"""Documents as offices send them, made on the spot: PDF pages, scans, Word files, bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject


def pdf(pages: Iterable[str]) -> bytes:
    """A PDF with these pages of ASCII lines in Helvetica; an empty page holds nothing."""
    writer = PdfWriter()
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )
    for text in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        shown = "".join(
            f"1 0 0 1 50 {790 - 16 * row} Tm ({line}) Tj\n" for row, line in enumerate(text.split("\n"))
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf\n{shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    return _bytes(writer)


def looping_pdf() -> bytes:
    """A PDF whose tree of pages holds itself."""
    head = b"%PDF-1.4\n"
    catalog = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    tree = b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>\nendobj\n"
    rows = b"0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n" % (len(head), len(head + catalog))
    start = len(head + catalog + tree)
    return (
        head
        + catalog
        + tree
        + b"xref\n0 3\n"
        + rows
        + (b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    )


def form_in_itself_pdf() -> bytes:
    """A page with a text and a form that draws itself without end."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Metin"]))))
    form = DecodedStreamObject()
    form.set_data(b"/X Do")
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(0)] * 2 + [NumberObject(500)] * 2),
        }
    )
    reference = writer._add_object(form)
    inside = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): reference})})
    form[NameObject("/Resources")] = inside
    page = writer.pages[0]
    page["/Resources"][NameObject("/XObject")] = inside["/XObject"]  # type: ignore[index]
    stream = DecodedStreamObject()
    stream.set_data(page["/Contents"].get_object().get_data() + b"\n/X Do")  # type: ignore[union-attr]
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _bytes(writer)


def encrypted_pdf(data: bytes) -> bytes:
    """The PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("parola")
    return _bytes(writer)


def scanned_pdf() -> bytes:
    """A page that is one image and no text."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    image = DecodedStreamObject()
    image.set_data(bytes(64))
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(8),
            NameObject("/Height"): NumberObject(8),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Im1"): writer._add_object(image)})}
    )
    stream = DecodedStreamObject()
    stream.set_data(b"q 500 0 0 700 40 60 cm /Im1 Do Q")
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _bytes(writer)


def word(text: str, links: dict[str, str] | None = None) -> bytes:
    """A Word file with one paragraph for each block of the text, then ``links`` (words → address)."""
    document = docx.Document()
    for block in text.split("\n\n"):
        document.add_paragraph(" ".join(block.split()))
    for label, url in (links or {}).items():
        _hyperlink(document.add_paragraph(), label, url)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    """A Word file of some kilobytes that unpacks to 200 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (200 << 20))
    return buffer.getvalue()


def _hyperlink(paragraph: Paragraph, label: str, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = label
    run.append(text)
    link.append(run)
    paragraph._p.append(link)


def _bytes(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
