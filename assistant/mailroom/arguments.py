"""What `porte-parole mail` is told: by the environment and by its arguments. Light: `--help` waits for nothing."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The mailbox on a server, as an address such as imaps://presse%40house.example@mail.house.example/INBOX."""

    imap: str | None = None
    password: str | None = field(default=None, repr=False)


def mail_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--maildir", type=Path, metavar="DIR", help="the mailbox as a folder; else PORTE_PAROLE_MAIL_IMAP names it"
    )
    made.add_argument("--drafts", metavar="NAME|DIR", help="where drafts go, if not where the mailbox keeps them")
    made.add_argument("--from", dest="sender", metavar="ADDRESS", help="who replies; else the mailbox's own address")
    made.add_argument("--since", type=_days, default=14, metavar="DAYS", help="how far back to look (default 14)")
    often = made.add_mutually_exclusive_group()
    often.add_argument("--once", action="store_true", help="one round (the default)")
    often.add_argument("--every", type=_days, metavar="MINUTES", help="rounds until it is stopped")


def _days(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 3_650:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 to 3650")
    return number
