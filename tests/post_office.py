"""A mail server on this machine, as small as tests need it: IMAP4rev1 without TLS, one mailbox and its drafts.

It keeps what was asked of it, and refuses to change what lies in a mailbox that was opened to be read.
"""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_APPEND = re.compile(rb'APPEND "([^"]+)" \(([^)]*)\) \{(\d+)\}')


@dataclass
class PostOffice:
    """What lies in INBOX by number, what was laid down in « Brouillons », and every command received."""

    inbox: dict[int, bytes] = field(default_factory=dict)
    drafts: list[tuple[str, bytes]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    lost: bool = False
    port: int = 0

    def searched(self, words: str) -> list[int]:
        if "HEADER" in words:
            wanted = words.rpartition(" ")[2].strip('"').encode()
            return [number for number, (_, mail) in enumerate(self.drafts, 1) if wanted in mail]
        return list(self.inbox)


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self._say(b"* OK ready")
        while line := self.rfile.readline().rstrip(b"\r\n"):
            tag, _, rest = line.partition(b" ")
            self.server.office.heard.append(rest.decode("latin-1"))
            if self._answer(rest):
                self._say(tag + b" OK done")
            else:
                self._say(tag + b" NO refused")
            if rest.upper() == b"LOGOUT":
                return

    def _answer(self, said: bytes) -> bool:
        office, words = self.server.office, said.decode("latin-1")
        match words.upper().split():
            case ["CAPABILITY"]:
                self._say(b"* CAPABILITY IMAP4rev1 SPECIAL-USE")
            case ["LOGIN", *_]:
                return words.endswith(' "secret"')
            case ["LIST", *_]:
                self._say(b'* LIST (\\HasNoChildren) "/" INBOX')
                self._say(b'* LIST (\\HasNoChildren \\Drafts) "/" "Mes brouillons"')
            case ["EXAMINE", *_]:
                self._say(b"* 3 EXISTS")
                self._say(b"* OK [UIDVALIDITY 77] valid")
            case ["UID", "SEARCH", *_]:
                found = " ".join(str(number) for number in office.searched(words))
                self._say(f"* SEARCH {found}".encode())
            case ["UID", "FETCH", number, *_]:
                mail = office.inbox[int(number)]
                self._say(b"* 1 FETCH (UID %s BODY[]<0> {%d}" % (number.encode(), len(mail)))
                self.wfile.write(mail + b")\r\n")
            case ["APPEND", *_]:
                return self._take(said)
            case ["LOGOUT"]:
                self._say(b"* BYE")
            case _:
                return False
        return True

    def _take(self, said: bytes) -> bool:
        found = _APPEND.fullmatch(said)
        assert found is not None, said
        self._say(b"+ go on")
        mail = self.rfile.read(int(found[3]))
        self.rfile.readline()
        self.server.office.drafts.append((found[2].decode(), mail))
        if self.server.office.lost:
            self.connection.close()
        return True

    def _say(self, line: bytes) -> None:
        if not self.wfile.closed:
            self.wfile.write(line + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, office: PostOffice) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.office = office


@contextmanager
def post_office(inbox: dict[int, bytes]) -> Iterator[PostOffice]:
    """One that is open; the password of everybody is « secret »."""
    office = PostOffice(inbox)
    with _Server(office) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
