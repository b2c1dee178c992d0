"""PDF files made by hand for tests: lines of text set where they are told to.

Knows nothing of how PDF is read.
"""

from __future__ import annotations

Placed = tuple[float, float, float, str]
"""Left and baseline in points from the lower left corner, size, text."""


def pdf(
    pages: list[list[Placed]],
    encrypted: bool = False,
    *,
    links: list[tuple[float, float, float, float, str]] = [],  # noqa: B006
    turned: int = 0,
    title: str = "",
) -> bytes:
    """A PDF of these pages in Helvetica; `encrypted` asks for a password nobody has.

    `links` are rectangles (left, bottom, right, top) of the first page and where they
    lead; `turned` degrees each page is shown turned by; `title` among its properties.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    notes = b" ".join(_leading(*link) for link in links)
    for number, page in enumerate(pages):
        content = b"\n".join(_shown(*placed) for placed in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Rotate %d /Annots [%s] /Resources << /Font << /F 3 0 R >> >> >>"
            % (len(objects), turned, b"" if number else notes)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(kids))
    trailer = b"/Root 1 0 R /Size %d" % (len(objects) + 1 + encrypted)
    if encrypted:
        key = b"7" * 64
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (key, key))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    if title:
        objects.append(b"<< /Title (%s) /CreationDate (D:20010203040506) >>" % title.encode("cp1252"))
        trailer = trailer.replace(b"/Size %d" % len(objects), b"/Size %d" % (len(objects) + 1))
        trailer += b" /Info %d 0 R" % len(objects)
    return _filed(objects, trailer)


def _leading(left: float, bottom: float, right: float, top: float, url: str) -> bytes:
    rectangle = b"[%.1f %.1f %.1f %.1f]" % (left, bottom, right, top)
    return b"<< /Type /Annot /Subtype /Link /Rect %s /A << /S /URI /URI (%s) >> >>" % (rectangle, url.encode())


def column(lines: list[str], left: float = 70, top: float = 760, size: float = 11, step: float = 14) -> list[Placed]:
    """Lines one under the other."""
    return [(left, top - step * number, size, line) for number, line in enumerate(lines)]


def _shown(left: float, base: float, size: float, text: str) -> bytes:
    written = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F %.1f Tf %.1f %.1f Td (%s) Tj ET" % (size, left, base, written)


def _filed(objects: list[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, trailer, len(data))
    )
