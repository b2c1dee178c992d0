"""A mailbox as a folder of files (maildir). Knows nothing of what stands in a letter."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from assistant.mailroom.box import LARGEST, Arrived, MailboxError

_SEEN_TO = frozenset("RTD")
"""Flags of letters that nobody waits for: replied to, thrown away, drafts."""


class Maildir:
    """The mails of a maildir, and its drafts in a maildir beside them: `.Drafts` in it, unless another is named."""

    def __init__(self, folder: Path, drafts: Path | None = None) -> None:
        if not all((folder / part).is_dir() for part in ("cur", "new")):
            raise MailboxError(f"{folder} is no maildir: it has no folders « cur » and « new »; name another.")
        self._folder = folder.resolve()
        known = [folder / name for name in (".Drafts", "Drafts", ".Brouillons") if (folder / name / "cur").is_dir()]
        self._drafts = drafts or next(iter(known), folder / ".Drafts")

    @property
    def drafts(self) -> str:
        return str(self._drafts)

    def letters(self, since: datetime) -> Iterator[Arrived]:
        try:
            found = [
                (path.stat().st_mtime, path)
                for part in ("new", "cur")
                for path in (self._folder / part).iterdir()
                if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
            ]
        except OSError as error:
            raise MailboxError(f"{self._folder}: cannot be read ({error.strerror}).") from error
        for changed, path in sorted(found):
            unique, _, flags = path.name.partition(":2,")
            if datetime.fromtimestamp(changed, UTC) >= since and not _SEEN_TO & set(flags):
                yield Arrived(f"{self._folder}/{unique}", partial(_read, path))

    def holds(self, draft_id: str) -> bool:
        if not self._drafts.is_dir():
            return False
        return any(mail.get("Message-ID") == draft_id for mail in self._opened())

    def keep(self, draft: EmailMessage) -> None:
        mail = mailbox.MaildirMessage(draft.as_bytes(policy=policy.default))
        mail.set_subdir("cur")
        mail.set_flags("D")
        try:
            self._opened().add(mail)
        except OSError as error:
            raise MailboxError(f"{self._drafts}: cannot be written ({error.strerror}).") from error

    def _opened(self) -> mailbox.Maildir:
        try:
            return mailbox.Maildir(self._drafts, create=True)
        except OSError as error:
            raise MailboxError(f"{self._drafts}: cannot be opened ({error.strerror}).") from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise MailboxError(f"{path}: cannot be read ({error.strerror}).") from error
