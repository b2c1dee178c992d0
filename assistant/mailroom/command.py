"""`porte-parole mail`: rounds through a mailbox, once or every so many minutes. Nothing is ever sent.

Run it with `porte-parole mail --maildir DIR`, or with PORTE_PAROLE_MAIL_IMAP and
PORTE_PAROLE_MAIL_PASSWORD set. Knows nothing of how answers are found.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.answer import Citation
from assistant.faq import Faq
from assistant.mailroom.arguments import Mailbox
from assistant.mailroom.box import Box, MailboxError
from assistant.mailroom.imap import ImapAddress, ImapBox
from assistant.mailroom.letter import Words, is_address
from assistant.mailroom.maildir import Maildir
from assistant.mailroom.round import Mailroom, Seen
from assistant.web.press.places import Places
from store.letters import Letters
from store.records import ArchiveError, SettingsError


@dataclass(frozen=True)
class Post:
    """What the command has of the program: who answers journalists, how a mail is read, where to note, the time.

    `origin` is where people open the page ("" where that is not known).
    """

    faq: Faq
    words: Words
    letters: Letters
    clock: Callable[[], datetime]
    origin: str
    mailbox: Mailbox


def run(post: Post, options: argparse.Namespace) -> int:
    """Go through the mailbox. Raises SettingsError, and in a single round MailboxError and ArchiveError."""
    if options.sender is not None and not is_address(options.sender):
        raise SettingsError(f"--from: « {options.sender} » is no address, such as presse@house.example")
    if options.every is None:
        _round(post, options)
        return 0
    if options.json:
        raise SettingsError("--json tells of one round: leave --every away")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with suppress(KeyboardInterrupt):
        while not stop.is_set():
            try:
                _round(post, options)
            except (MailboxError, ArchiveError) as error:
                print(f"porte-parole: {error} Trying again in {options.every} min.", file=sys.stderr, flush=True)
            stop.wait(60.0 * options.every)
    return 0


def _round(post: Post, options: argparse.Namespace) -> None:
    seen: list[Seen] = []
    with _alone(post), _box(post, options) as (box, own):
        mailroom = Mailroom(
            box,
            post.letters,
            post.faq.answer,
            post.words,
            post.clock,
            own=own,
            days=options.since,
            permanent=permanent(post.origin),
        )
        for one in mailroom.round():
            seen.append(one)
            if not options.json:
                print(one, flush=True)
        if options.json:
            document = {"drafts": box.drafts, "letters": [one.document() for one in seen]}
            json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
            print()
        elif seen:
            print(f"Drafts lie in {box.drafts}; nothing was sent.", flush=True)


@contextmanager
def _alone(post: Post) -> Iterator[None]:
    """One round at a time: two would lay down two drafts for a letter. Raises ArchiveError."""
    try:
        with FileLock(post.letters.path.with_suffix(".lock"), timeout=0):
            yield
    except Timeout as error:
        raise ArchiveError("Another « porte-parole mail » goes through its mailbox now; let it end.") from error


@contextmanager
def _box(post: Post, options: argparse.Namespace) -> Iterator[tuple[Box, tuple[str, ...]]]:
    """The mailbox, open, and its own addresses."""
    own = (options.sender,) if options.sender else ()
    if options.maildir is not None:
        yield Maildir(options.maildir, Path(options.drafts) if options.drafts else None), own
        return
    if post.mailbox.imap is None:
        raise SettingsError("no mailbox: --maildir DIR, or PORTE_PAROLE_MAIL_IMAP (imaps://USER@HOST/INBOX)")
    if post.mailbox.password is None:
        raise SettingsError("PORTE_PAROLE_MAIL_PASSWORD is not set: the mailbox cannot be opened")
    address = ImapAddress.read(post.mailbox.imap)
    with ImapBox(address, post.mailbox.password, options.drafts).opened() as box:
        yield box, own or ((address.user,) if is_address(address.user) else ())


def permanent(origin: str) -> Callable[[Citation], str] | None:
    """Links to citations on the journalists' page: whoever reads the reply has no account."""
    if not origin:
        return None
    places = Places("")
    return lambda citation: origin + places.release(citation.release_id, citation.version, citation.span)
