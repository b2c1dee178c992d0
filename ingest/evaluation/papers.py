"""A sheet as a file: plain text, an HTML page with menus, DOCX, PDF in one and in two columns.

For measuring readers only. Does not choose what stands where (`layouts.py`).
"""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from ingest.evaluation.layouts import Piece, Sheet
from store.records import PressArchiveError

Printer = Callable[[Sheet, Random], bytes]


def as_text(sheet: Sheet, draw: Random) -> bytes:
    """Plain text, hard-wrapped or not, with or without a byte order mark."""
    width = draw.choice((0, 0, 72, 80, 100))
    parts: list[str] = []
    for number, piece in enumerate(sheet.pieces):
        text = ("- " if piece.kind == "item" else "") + piece.text
        tight = piece.tight or (piece.kind == "item" and sheet.pieces[number - 1].kind == "item")
        parts.append("\n" if tight else "\n\n")
        parts.append("\n".join(textwrap.wrap(text, width, break_long_words=False)) if width else text)
    return "".join(parts).lstrip().encode(draw.choice(("utf-8", "utf-8", "utf-8-sig")))


def as_html(sheet: Sheet, draw: Random) -> bytes:
    """A page with menus, a cookie banner, neighbours and a foot around the release."""
    main = draw.choice(("main", "article", 'div class="content"', 'div id="contenu"'))
    body = "\n".join(_tagged(sheet.pieces, draw))
    title = html.escape(sheet.gold.title)
    links = "".join(f'<li><a href="/{word}">{word.capitalize()}</a></li>' for word in _MENU)
    return f"""<!DOCTYPE html>
<html lang="{sheet.gold.language}"><head><meta charset="utf-8"><title>{title} - Portail</title></head>
<body>
<div id="cookie-banner"><p>Ce site utilise des cookies pour mesurer son audience.</p><button>Accepter</button></div>
<header><a href="/">Accueil</a><nav><ul>{links}</ul></nav></header>
<div class="breadcrumb"><a href="/">Accueil</a> &gt; <a href="/presse">Presse</a></div>
<{main}>
{body}
</{main.split()[0]}>
<aside><h2>À lire aussi</h2><ul><li><a href="/a">Un autre sujet</a></li><li><a href="/b">Toute la rubrique</a></li></ul>
</aside>
<footer><p>© Portail – <a href="/mentions">Mentions légales</a> – <a href="/plan">Plan du site</a></p></footer>
</body></html>
""".encode()


_MENU = "actualites services agenda publications presse contact".split()
_TAGS = {"title": "h1", "heading": "h2", "item": "li", "contact heading": "h3"}


def _tagged(pieces: tuple[Piece, ...], draw: Random) -> Iterator[str]:
    bold = draw.random() < 0.5
    for number, piece in enumerate(pieces):
        text, tag = html.escape(piece.text), _TAGS.get(piece.kind, "p")
        before = pieces[number - 1].kind if number else ""
        after = pieces[number + 1].kind if number + 1 < len(pieces) else ""
        opened = "<ul>" if tag == "li" and before != "item" else ""
        closed = "</ul>" if tag == "li" and after != "item" else ""
        if piece.kind == "lead" and bold:
            text = f"<strong>{text}</strong>"
        yield f"{opened}<{tag}>{text}</{tag}>{closed}"


def as_docx(sheet: Sheet, draw: Random) -> bytes:
    """A DOCX with styles, or with bold type in their place; a running head and a foot."""
    try:
        import docx
    except ImportError:
        raise _missing("python-docx") from None
    document = docx.Document()
    styled = draw.random() < 0.6
    if draw.random() < 0.4:
        document.sections[0].footer.paragraphs[0].text = "www.presse.example"
    styles = {"title": "Title", "heading": "Heading 2", "contact heading": "Heading 3", "item": "List Bullet"}
    for piece in sheet.pieces:
        style = styles.get(piece.kind) if styled or piece.kind == "item" else None
        paragraph = document.add_paragraph(style=style)
        run = paragraph.add_run(piece.text)
        run.bold = True if piece.kind in ("title", "heading", "contact heading", "lead", "banner") else None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(sheet: Sheet, draw: Random) -> bytes:
    """A PDF of one column with a running head and page numbers."""
    return _pdf(sheet, draw, columns=1)


def as_two_columns(sheet: Sheet, draw: Random) -> bytes:
    """A PDF of two columns with a running head and page numbers."""
    return _pdf(sheet, draw, columns=2)


def _pdf(sheet: Sheet, draw: Random, columns: int) -> bytes:
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate
    except ImportError:
        raise _missing("reportlab") from None
    out = io.BytesIO()
    wide, high = A4
    left, bottom, top, gutter = 60, 60, high - 70, 20
    running = f"{sheet.gold.issuer[:60]} – {draw.choice(('Presse', 'Communiqué de presse', 'Service de presse'))}"

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(left, high - 40, running)
        canvas.drawCentredString(wide / 2, 30, f"{document.page}" if columns == 1 else f"Page {document.page}")

    width = (wide - 2 * left - (columns - 1) * gutter) / columns
    flow, head = _flowables(sheet, draw), _head_length(sheet)
    frames = [Frame(left + n * (width + gutter), bottom, width, top - bottom, 0, 0, 0, 0) for n in range(columns)]
    document = BaseDocTemplate(out, pagesize=A4, title="" if draw.random() < 0.5 else sheet.gold.title)
    if columns > 1 and draw.random() < 0.6:
        tall = 30 + sum(
            each.wrap(wide - 2 * left, 500)[1] + each.getSpaceAfter() + each.getSpaceBefore() for each in flow[:head]
        )
        first = [Frame(left, top - tall, wide - 2 * left, tall, 0, 0, 0, 0)]
        below = [
            Frame(left + n * (width + gutter), bottom, width, top - tall - bottom, 0, 0, 0, 0) for n in range(columns)
        ]
        document.addPageTemplates([PageTemplate("first", [*first, *below], furniture)])
        flow = [*flow[:head], NextPageTemplate("later"), FrameBreak(), *flow[head:]]
    document.addPageTemplates([PageTemplate("later", frames, furniture)])
    document.build(flow)
    return out.getvalue()


def _head_length(sheet: Sheet) -> int:
    return next(number for number, piece in enumerate(sheet.pieces) if piece.kind == "lead")


def _flowables(sheet: Sheet, draw: Random) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    size = draw.choice((9.5, 10, 11))
    align = draw.choice((0, 0, 4))
    plain = ParagraphStyle(
        "plain", fontName="Helvetica", fontSize=size, leading=size * 1.25, spaceAfter=7, alignment=align
    )
    bold = ParagraphStyle("bold", plain, fontName="Helvetica-Bold")
    large = {"fontSize": size + 6, "leading": size * 1.9, "alignment": 0, "spaceBefore": 6}
    styles = {
        "title": ParagraphStyle("title", bold, **large),
        "issuer": ParagraphStyle("issuer", plain, fontSize=size + 2, alignment=0),
        "lead": bold,
        "heading": ParagraphStyle("heading", bold, fontSize=size + 1, alignment=0),
        "item": ParagraphStyle("item", plain, leftIndent=14, bulletIndent=2),
    }
    styles["contact heading"] = styles["heading"]
    return [
        Paragraph(
            html.escape(piece.text), styles.get(piece.kind, plain), bulletText="•" if piece.kind == "item" else None
        )
        for piece in sheet.pieces
    ]


def _missing(package: str) -> PressArchiveError:
    return PressArchiveError(
        f"{package} is not installed, and the layouts are made with it: pip install 'porte-parole[layouts]'"
    )


LAYOUTS: dict[str, tuple[str, Printer]] = {
    "text": ("txt", as_text),
    "html": ("html", as_html),
    "docx": ("docx", as_docx),
    "pdf": ("pdf", as_pdf),
    "pdf 2 columns": ("pdf", as_two_columns),
}
"""Each layout by name: its suffix, and what prints it."""
