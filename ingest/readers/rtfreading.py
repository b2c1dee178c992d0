"""What the control words of RTF mean: which text is printed, on which page, in which code page.

A text each for the body, headers, feet and notes; links keep their words. Does not know
which of these belong to a release.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from ingest.readers.rtfpage import Page
from ingest.readers.rtftokens import Kind, Token, tokens
from ingest.readers.sheet import Sheet

_SILENT = frozenset(
    """colortbl stylesheet filetbl listtable listoverridetable revtbl rsidtbl pict object objdata objclass xe tc rxe
    annotation atnid atnauthor atndate atnref atnicn bkmkstart bkmkend nonshppict shprslt pn pnseclvl themedata
    colorschememapping datastore latentstyles generator template author operator keywords subject doccomm company
    manager category comment hlinkbase creatim revtim printim buptim private ftnsep ftnsepc aftnsep aftnsepc footerl
    footerr headerl headerr sp sn sv fontemb falt panose upr mmathPr wgrffmtfilter xmlnstbl userprops docvar""".split()
)
_READ_THOUGH_STARRED = frozenset({"shpinst", "fldinst", "ud", "shptxt"})
_LETTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ", "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SYMBOLS = 2
_PAGES = {"header": "header", "footer": "footer", "headerf": "headerf", "footerf": "footerf"}
_NUMBER_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"?([^"\s]{1,2000})', re.IGNORECASE)
_COUNTED = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})\s?[.)°]")


@dataclass(slots=True)
class _Field:
    """A field: what it asks for, and where its result began on its page."""

    asks: list[str] = field(default_factory=list)
    at: int | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group; `opened` names the group's destination."""

    page: Page
    silent: bool = False
    hidden: bool = False
    fonts: bool = False
    font: int | None = None
    fallback: int = 1
    in_table: bool = False
    field: _Field | None = None
    instruction: bool = False
    mark: bool = False
    opened: str = ""


class RtfReading:
    """Reads one file: `pages` by name (body, header, headerf, …, title) and `notes` in order."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.pages = {"body": Page(sheet.inside())}
        self.notes: list[Sheet] = []
        self.first_page_differs = False
        self._code_page = "cp1252"
        self._charsets: dict[int, int] = {}
        self._default_font: int | None = None
        self._state = _State(self.pages["body"])
        self._stack: list[_State] = []
        self._opening = self._starred = False
        self._to_skip = 0
        self._bytes = b""
        self._mark: list[str] = []

    def read(self, data: bytes) -> bool:
        """Take the whole file down; whether all its groups were closed."""
        for token in tokens(data):
            if token.kind is Kind.BYTES:
                self._take_bytes(token)
                continue
            self._flush()
            if token.kind is Kind.OPEN:
                self._stack.append(self._state)
                self._state = replace(self._state, opened="") if self._state.opened else self._state
                self._opening, self._starred, self._to_skip = True, False, 0
                continue
            if token.kind is Kind.CLOSE:
                self._close()
            elif token.kind is Kind.SIGN:
                self._sign(token.name)
                if token.name == "*":
                    continue
            else:
                self._word(token.name, token.number)
            self._opening = self._starred = False
        self._flush()
        return not self._stack

    def _close(self) -> None:
        self._to_skip = 0
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.opened in {"listtext", "pntext"}:
            mark = "".join(self._mark).strip()
            self._mark.clear()
            ended.page.mark = mark if _COUNTED.fullmatch(mark) else "-"
        elif ended.opened == "shptxt":
            self._state.page.sheet.add(ended.page.finish())
        elif ended.opened == "footnote":
            self.notes.append(ended.page.finish())
        elif ended.opened == "field" and ended.field is not None:
            self._end_field(ended.field, ended.page)

    def _end_field(self, ended: _Field, page: Page) -> None:
        leads = _HYPERLINK.match("".join(ended.asks))
        if leads and ended.at is not None and len(page.words) > ended.at:
            page.words[ended.at :] = [self._sheet.link("".join(page.words[ended.at :]), leads[1])]

    def _word(self, word: str, number: int | None) -> None:
        if self._opening and self._destination(word):
            return
        state = self._state
        if word == "u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self._to_skip = state.fallback
        elif word in _LETTERS:
            self._say(_LETTERS[word])
        elif word in {"par", "sect", "page", "cell", "nestcell", "row"}:
            if not state.silent:
                self._end(word)
        elif word in {"v", "deleted"}:
            self._state = replace(state, hidden=number != 0)
        elif word == "plain":
            self._state = replace(state, hidden=False, font=self._default_font)
        elif word == "pard":
            self._state = replace(state, in_table=False)
        elif word in {"intbl", "itap"}:
            self._state = replace(state, in_table=number != 0)
        elif word == "uc":
            self._state = replace(state, fallback=max(0, min(number or 0, 8)))
        elif word == "f":
            self._state = replace(state, font=number)
        else:
            self._of_the_document(word, number)

    def _of_the_document(self, word: str, number: int | None) -> None:
        if word == "fcharset" and self._state.fonts and self._state.font is not None and number is not None:
            self._charsets[self._state.font] = number
        elif word == "deff":
            self._default_font = number
        elif word == "ansicpg" and number:
            self._code_page = _known(f"cp{number}") or "cp1252"
        elif word in {"mac", "pc", "pca"}:
            self._code_page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "titlepg":
            self.first_page_differs = True

    def _destination(self, word: str) -> bool:
        """Whether `word`, first in its group, names what the group is for."""
        state = replace(self._state, opened=word)
        if word in _SILENT:
            self._state = replace(state, silent=True)
        elif word == "fonttbl":
            self._state = replace(state, silent=True, fonts=True)
        elif word in _PAGES or word == "title":
            known = word in self.pages
            page = self.pages.setdefault(word, Page(self._sheet.inside()))
            self._state = replace(state, page=page, silent=known, in_table=False)
        elif word in {"footnote", "shptxt"}:
            silent = state.silent and word == "footnote"
            self._state = replace(state, page=Page(self._sheet.inside()), silent=silent, in_table=False)
        elif word == "field":
            self._state = replace(state, field=_Field())
        elif word == "fldinst":
            self._state = replace(state, instruction=True)
        elif word == "fldrslt" and state.field is not None:
            counts = _NUMBER_FIELD.match("".join(state.field.asks))
            state.field.at = len(state.page.words)
            self._state = replace(state, silent=state.silent or counts is not None, instruction=False)
        elif word in {"listtext", "pntext"}:
            self._state = replace(state, mark=True)
        elif self._starred and word not in _READ_THOUGH_STARRED:
            self._state = replace(state, silent=True)
        elif word == "ud":
            self._state = replace(state, silent=False)
        else:
            return False
        return True

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            if not self._state.silent:
                self._end("par")
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _end(self, word: str) -> None:
        page = self._state.page
        if word == "cell":
            page.end_cell()
        elif word == "row":
            page.end_row()
        else:
            page.end_paragraph(in_table=self._state.in_table or word == "nestcell")

    def _take_bytes(self, token: Token) -> None:
        data = token.data
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        self._opening = self._opening and not data
        self._bytes += data

    def _flush(self) -> None:
        data, self._bytes = self._bytes, b""
        if data and not (self._state.silent and not self._state.instruction):
            self._say(self._decoded(data))

    def _decoded(self, data: bytes) -> str:
        font = self._state.font if self._state.font is not None else self._default_font
        charset = self._charsets.get(font if font is not None else -1)
        if charset == _SYMBOLS and len(data) < 4:
            return "•" if not data.isalnum() and data.strip() else " " * data.count(b" ")
        return data.decode(_CHARSETS.get(charset or 0, self._code_page), errors="replace")

    def _say(self, words: str) -> None:
        state = self._state
        if state.instruction and state.field is not None:
            state.field.asks.append(words)
        elif state.mark:
            self._mark.append(words)
        elif not state.silent and not state.hidden:
            state.page.say(words)


def _known(encoding: str) -> str | None:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return None
    return encoding
