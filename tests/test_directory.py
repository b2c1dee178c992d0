"""What a reader's archive knows by name, over invented releases."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answer import Question
from assistant.directory import Directories
from assistant.question import Understanding, understand
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Quote, Scope, Span

TEXT = "« Le quai restera fermé », dit Hélène Vaucresson."
QUOTES = (Quote(Span(2, 23), "Hélène Vaucresson"),)


def asking(archive: Archive) -> Callable[[str], Understanding]:
    directories = Directories()

    def ask(text: str) -> Understanding:
        return understand(Question(text), directories.of(archive.view(Scope.PUBLIC, NOW)), NOW.date())

    return ask


def test_nobody_is_named_by_what_was_withdrawn(archive: Archive, shelve: Callable[..., Added]) -> None:
    """Nor is a name spelt right after it, though the archive's names were learnt before."""
    for number in range(60):
        shelve(f"Le quai numéro {number} est ouvert.", reference=f"r{number}", title=f"Titre {number}")
    shelve(TEXT, reference="secret", title="Le quai", quotes=QUOTES)
    ask = asking(archive)
    question = "Qu'a dit Hélene Vaucreson du quai ?"
    assert ask(question).corrections == (("Hélene Vaucreson", "Hélène Vaucresson"),)
    archive.withdraw("secret", "erreur", NOW)
    assert (ask(question).people, ask(question).corrections) == ((), ())
    assert ask(question).standalone == question


def test_the_public_learns_no_name_under_embargo(archive: Archive, shelve: Callable[..., Added]) -> None:
    """Only staff may read the release that names her."""
    shelve("Le quai est ouvert.", reference="open")
    shelve(TEXT, reference="secret", title="Le quai", quotes=QUOTES, embargo=NOW.replace(year=NOW.year + 1))
    assert asking(archive)("Qu'a dit Vaucresson ?").people == ()
