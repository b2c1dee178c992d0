"""Porte-parole: a chat assistant over press archives. The door: settings, `build`, commands.

Run it as `python app.py` or `porte-parole`; `--help` lists the commands. The only place
that reads the environment and where ingest, assistant and store meet.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.local.known import DEFAULT
from assistant.mailroom.arguments import Mailbox, mail_arguments
from assistant.models import EXTRACTIVE, LOCAL, Choice
from store.records import ArchiveError, PressArchiveError, Scope, SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.answer import Writer
    from assistant.desk import Desk, Watch
    from assistant.evaluation.answering import Answerer
    from assistant.evaluation.contenders import Configuration
    from assistant.evaluation.evaluating import Retriever
    from assistant.evaluation.gold import GoldQuestion
    from assistant.facsimile.facsimiles import Facsimiles
    from assistant.faq import Faq
    from assistant.gathered import Gathering
    from assistant.meter import Meter
    from assistant.records import Recorder
    from assistant.reranking import Rerank
    from assistant.tracing import Tracing
    from assistant.tray import Tray
    from assistant.tutorial import Tutorial
    from assistant.web.logs import Form
    from assistant.web.outside import Outside
    from assistant.web.press.courier import Courier
    from assistant.web.press.office import Office
    from assistant.web.press.ways import Way
    from assistant.web.room import Parts
    from assistant.web.terms import Terms
    from ingest.pipeline import Line, Outcome
    from ingest.visits import Visits
    from store.accounts import Accounts
    from store.answers import Answers
    from store.archive import Archive
    from store.embedding import Embedder, Model, Tokens
    from store.enquiries import Enquiries
    from store.keys import Keys
    from store.originals import Originals
    from store.records import Release

VERSION = "0.1.0"
ROLES = ("reader", "archivist", "admin")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, each from the environment variable named beside it."""

    archive: Path  # PORTE_PAROLE_ARCHIVE
    cache: Path  # PORTE_PAROLE_CACHE: where model weights are unpacked
    model: str | None  # PORTE_PAROLE_MODEL: a hub name or a local folder
    reranker: str | None  # PORTE_PAROLE_RERANKER: a cross-encoder by hub name or folder; none by default
    chroma_url: str | None  # PORTE_PAROLE_CHROMA_URL: a Chroma server
    private_addresses: bool  # PORTE_PAROLE_PRIVATE_ADDRESSES: `ingest URL` may reach them
    records_days: int  # PORTE_PAROLE_RECORDS_DAYS: how long answers are kept; 0 keeps none
    sign_in: bool  # PORTE_PAROLE_SIGN_IN: `serve` asks for an account even on this machine's own address
    log: Form  # PORTE_PAROLE_LOG: what `serve` logs, as text (changes and errors) or json (each request besides)
    otlp_url: str | None  # PORTE_PAROLE_OTLP_URL: where spans are sent, such as http://127.0.0.1:4318/v1/traces
    terms: Terms  # PORTE_PAROLE_PUBLIC_RATE, PORTE_PAROLE_CORS_ORIGINS: on which terms programs call without a key
    press: Office  # PORTE_PAROLE_HOUSE, PORTE_PAROLE_PRESS_CONTACT: whose page journalists ask on, and whom to call
    ways: tuple[Way, ...]  # PORTE_PAROLE_SMTP (and _PASSWORD, _FROM, _TO), _ENQUIRY_WEBHOOK (and _SECRET): see `ways`
    outside: Outside  # PORTE_PAROLE_ORIGIN, _PROXY_HEADER and _PROXY_ADDRESSES: how people reach what `serve` serves
    mailbox: Mailbox  # PORTE_PAROLE_MAIL_IMAP, _MAIL_PASSWORD: what `mail` reads, imaps://USER@HOST/INBOX
    writer: Choice  # PORTE_PAROLE_WRITER, and _URL, _KEY, _TIMEOUT, _SOURCES, _THREADS, _EMBARGOED after it: who writes

    @classmethod
    def read(cls, environment: Mapping[str, str], archive: str | None = None, writer: str | None = None) -> Settings:
        """`archive` and `writer` stand before the environment's. Raises SettingsError naming what cannot be used."""
        from platformdirs import user_cache_path, user_data_path

        from assistant.web.outside import Outside
        from assistant.web.press import ways
        from assistant.web.press.office import Office
        from assistant.web.terms import Terms

        def named(name: str) -> str | None:
            return environment.get(f"PORTE_PAROLE_{name}") or None

        url = named("CHROMA_URL")
        if url is not None and not url.startswith(("http://", "https://")):
            raise SettingsError(
                f"PORTE_PAROLE_CHROMA_URL: « {url} » is no http(s) address, such as http://127.0.0.1:8000"
            )

        def switched(name: str) -> bool:
            value = named(name)
            if value not in (None, "0", "1"):
                raise SettingsError(f"PORTE_PAROLE_{name}: « {value} » is neither 0 nor 1")
            return value == "1"

        days = named("RECORDS_DAYS") or "365"
        if not days.isdecimal() or int(days) > 36_500:
            raise SettingsError(f"PORTE_PAROLE_RECORDS_DAYS: « {days} » is no number of days from 0 to 36500")
        log = named("LOG") or "text"
        if log not in ("text", "json"):
            raise SettingsError(f"PORTE_PAROLE_LOG: « {log} » is neither text nor json")
        otlp = named("OTLP_URL")
        if otlp is not None and not otlp.startswith(("http://", "https://")):
            raise SettingsError(
                f"PORTE_PAROLE_OTLP_URL: « {otlp} » is no http(s) address, such as http://127.0.0.1:4318/v1/traces"
            )
        where, cache = archive or named("ARCHIVE"), named("CACHE")
        return cls(
            archive=Path(where).expanduser() if where else user_data_path("porte-parole", appauthor=False) / "archive",
            cache=Path(cache).expanduser() if cache else user_cache_path("porte-parole", appauthor=False),
            model=named("MODEL"),
            reranker=named("RERANKER"),
            chroma_url=url,
            private_addresses=switched("PRIVATE_ADDRESSES"),
            records_days=int(days),
            sign_in=switched("SIGN_IN"),
            log="json" if log == "json" else "text",
            otlp_url=otlp,
            terms=Terms.read(environment),
            press=Office.read(environment, int(days) or Office().days),
            ways=ways.read(environment),
            outside=Outside.read(environment),
            mailbox=Mailbox(named("MAIL_IMAP"), named("MAIL_PASSWORD")),
            writer=Choice.read(environment, writer),
        )


@dataclass(frozen=True)
class Program:
    """The parts put together, each made when it is first asked for."""

    settings: Settings

    @cached_property
    def model(self) -> Model:
        from ingest.progress import Bar
        from store.embedding import locate

        with Bar("weights") as bar:
            return locate(self.settings.model, self.settings.cache, lambda _what, done, total: bar.reach(done, total))

    @cached_property
    def tokens(self) -> Tokens:
        from store.embedding import Tokens

        return Tokens(self.model.folder)

    @cached_property
    def max_tokens(self) -> int:
        from store.encoder import longest

        return longest(self.model.folder)

    @cached_property
    def embedder(self) -> Embedder:
        from store.embedding import load

        return load(self.settings.model, self.settings.cache)

    @cached_property
    def archive(self) -> Archive:
        from ingest.passages import CHUNKING, cut
        from store.archive import Archive

        def cut_anew(release: Release) -> Any:
            return cut(release, self.tokens.count, self.max_tokens)

        return Archive(
            self.settings.archive,
            model=lambda: self.model.name,
            embedder=lambda: self.embedder,
            chunking=CHUNKING,
            cut=cut_anew,
            chroma_url=self.settings.chroma_url,
        )

    @cached_property
    def rerank(self) -> Rerank | None:
        from assistant.reranking import load

        return None if self.settings.reranker is None else load(self.settings.reranker)

    @cached_property
    def answers(self) -> Answers:
        """Answers given; where none are to be kept, those that were are forgotten."""
        from store.answers import Answers

        path = self.archive.folder / "answers.sqlite"
        shelf = Answers(path, self.settings.records_days)
        if not shelf.keeps and path.exists():
            with suppress(ArchiveError):
                shelf.forget(now())
        return shelf

    @cached_property
    def originals(self) -> Originals:
        from store.originals import Originals

        return Originals(self.archive.folder / "originals")

    @cached_property
    def accounts(self) -> Accounts:
        from store.accounts import Accounts

        return Accounts(self.archive.folder / "accounts.sqlite")

    @cached_property
    def keys(self) -> Keys:
        from store.keys import Keys

        return Keys(self.archive.folder / "keys.sqlite")

    @cached_property
    def facsimiles(self) -> Facsimiles:
        from assistant.facsimile.facsimiles import Facsimiles

        return self._held.enter_context(closing(Facsimiles(self.originals.path)))

    @cached_property
    def tray(self) -> Tray:
        """Files handed in on the page, and how they are read."""
        from assistant.tray import Tray
        from ingest.arriving import read
        from store.arrivals import Arrivals

        arrivals = Arrivals(self.archive.folder / "arrivals")
        told = self.meter.documents
        return self._held.enter_context(closing(Tray(arrivals, self.archive, read, now, self.originals, told)))

    @cached_property
    def enquiries(self) -> Enquiries:
        from store.enquiries import Enquiries

        return self._held.enter_context(closing(Enquiries(self.archive.folder / "enquiries.sqlite")))

    @cached_property
    def courier(self) -> Courier:
        """Takes journalists' questions to where the settings say."""
        from assistant.web.press.courier import Courier

        made = Courier(self.enquiries, now, self.settings.ways, self.settings.press.days)
        return self._held.enter_context(closing(made))

    @cached_property
    def gathering(self) -> Gathering:
        """What journalists asked; the encoder is loaded when somebody looks."""
        from assistant.gathered import Gathering

        def embed(question: str) -> list[float]:
            return self.embedder.embed_query(question)

        return Gathering(self.answers, self.enquiries, embed, self.model.unrelated)

    @cached_property
    def parts(self) -> Parts:
        """What the page has beside desk and archive."""
        from assistant.web.room import Parts
        from store.conversations import Conversations
        from store.judgments import Judgments

        notebook = self.answers.notebook
        return Parts(
            answers=self.answers,
            conversations=Conversations(notebook),
            judgments=Judgments(notebook),
            originals=self.originals,
            facsimiles=self.facsimiles,
            tray=self.tray,
            keys=self.keys,
            enquiries=self.enquiries,
            gathering=self.gathering,
            press=self.settings.press,
            courier=self.courier,
            faq=self.faq,
            meter=self.meter,
            tracing=self.tracing,
        )

    @cached_property
    def faq(self) -> Faq:
        """The journalists' desk: curated answers first."""
        from assistant.faq import Faq
        from assistant.records import Recorder

        recorder = Recorder(self.answers, now)
        return Faq(self.watched_desk, self.archive, now, lambda: self.embedder, recorder, self._watches)

    @cached_property
    def meter(self) -> Meter:
        from assistant.meter import Meter

        return Meter()

    @cached_property
    def tracing(self) -> Tracing | None:
        from assistant.tracing import Tracing

        url = self.settings.otlp_url
        return None if url is None else self._held.enter_context(closing(Tracing(url, VERSION)))

    @cached_property
    def desk(self) -> Desk:
        from assistant.records import Recorder

        return _desk(self, now, recorder=Recorder(self.answers, now))

    @cached_property
    def watched_desk(self) -> Desk:
        """The desk of a server: its answers are counted and timed."""
        from assistant.records import Recorder

        return _desk(self, now, recorder=Recorder(self.answers, now), watches=self._watches)

    @cached_property
    def _watches(self) -> Sequence[Watch]:
        return (self.meter.metered, *([self.tracing.traced] if self.tracing else []))

    @cached_property
    def writer(self) -> Writer:
        """Who writes, as the settings say; a model is open until `close`."""
        return self._held.enter_context(_writer(self, self.settings.writer))

    @cached_property
    def _held(self) -> ExitStack:
        return ExitStack()

    def close(self) -> None:
        self._held.close()
        if "accounts" in self.__dict__:
            self.accounts.close()
        if "keys" in self.__dict__:
            self.keys.close()
        if "answers" in self.__dict__:
            self.answers.close()
        if "archive" in self.__dict__:
            self.archive.close()


def now() -> datetime:
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did all it was asked, 1 on an error, 2 on misuse."""
    # Not parser defaults: through the shared parents they would reach every command and undo `--archive DIR COMMAND`.
    options = _parser().parse_args(arguments, argparse.Namespace(archive=None, json=False))
    _no_telemetry()
    try:
        program = Program(Settings.read(os.environ, options.archive, getattr(options, "writer", None)))
        try:
            return int(options.command(program, options))
        finally:
            program.close()
    except PressArchiveError as error:
        print(f"porte-parole: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("porte-parole: interrupted; what was taken in is kept, run the same command again.", file=sys.stderr)
        return 130


def _no_telemetry() -> None:
    """Nothing we run reports home, whatever the libraries' own defaults."""
    os.environ.update(
        ANONYMIZED_TELEMETRY="False",
        GRADIO_ANALYTICS_ENABLED="False",
        HF_HUB_DISABLE_TELEMETRY="1",
        DO_NOT_TRACK="1",
        LANGSMITH_TRACING="false",
        LANGCHAIN_TRACING_V2="false",
        OPENVINO_TELEMETRY="0",
    )


def _ingest(program: Program, options: argparse.Namespace) -> int:
    program.archive.keep()
    with closing(_visits(program)) as visits:
        outcome = _take_in(program, options.paths, visits, (lambda line: None) if options.json else print)
    program.originals.sweep(program.archive.catalogue.digests(), now())
    if options.json:
        _print_json(outcome.document())
    return 1 if outcome.failed else 0


def _watch(program: Program, options: argparse.Namespace) -> int:
    """Until Ctrl-C or a polite end; a line that was told is told again only when it changes."""
    from ingest.watch import watch

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    told: dict[str, str] = {}

    def report(line: Line) -> None:
        if line.outcome == "unchanged":
            told.pop(line.name, None)
        elif told.get(line.name) != str(line):
            told[line.name] = str(line)
            print(line, flush=True)
        if stop.is_set():
            raise KeyboardInterrupt

    program.archive.keep()
    with closing(_visits(program)) as visits, suppress(KeyboardInterrupt):

        def take(paths: list[str]) -> None:
            _take_in(program, paths, visits, report)

        watch(
            options.paths,
            take,
            partial(print, flush=True),
            stop=stop,
            interval=60.0 * options.every,
        )
    return 0


def _visits(program: Program) -> Visits:
    from ingest.visits import Visits

    return Visits(program.archive.folder / "visits.sqlite", partial(print, file=sys.stderr))


def _take_in(program: Program, paths: Sequence[str], visits: Visits, report: Callable[[Line], None]) -> Outcome:
    from ingest.pipeline import ingest

    return ingest(
        paths,
        program.archive,
        program.tokens.count,
        now(),
        report,
        max_tokens=program.max_tokens,
        private_addresses=program.settings.private_addresses,
        visits=visits,
        originals=program.originals,
    )


def _ask(program: Program, options: argparse.Namespace) -> int:
    from assistant.answer import Question, document
    from assistant.printed import printed

    answer = program.desk.ask(Question(options.question, filters=_filters(options)), Scope.STAFF)
    if options.json:
        _print_json(document(answer))
    else:
        print(printed(answer))
    return 0


def _search(program: Program, options: argparse.Namespace) -> int:
    from assistant.documents import hit_document
    from assistant.extractive import ExtractiveWriter
    from assistant.printed import printed_hits

    told = "fr" if options.explain else None
    desk = _desk(program, now, writer=ExtractiveWriter())
    found = desk.explained(options.query, Scope.STAFF, _filters(options), options.limit, told)
    if options.json:
        _print_json({"hits": [hit_document(hit, why) for hit, why in found]})
    else:
        print(printed_hits(found))
    return 0


def _answers(program: Program, options: argparse.Namespace) -> int:
    from assistant.replay import changed
    from assistant.replayed import listed

    whole = program.archive.view(Scope.ARCHIVIST, now())
    kept = program.answers.latest(now(), options.limit, options.citing)
    found = [(told, changed(whole, told.releases, dict.fromkeys(told.releases, told.given))) for told in kept]
    if options.json:
        answers = [
            {
                "id": told.id,
                "given": told.given.isoformat(),
                "scope": told.scope,
                "question": told.question,
                "releases": [{"release_id": release, "version": version} for release, version in told.releases],
                "changed": [{"release_id": one.release_id, "state": one.state} for one in became],
            }
            for told, became in found
        ]
        _print_json({"answers": answers})
    else:
        print(listed(found))
    return 0


def _judgments(program: Program, options: argparse.Namespace) -> int:
    from assistant.judged import judgment_document, listed, noted
    from store.judgments import Judgments

    moment = now()
    given = Judgments(program.answers.notebook).listed(
        moment, handled=False if options.open else None, limit=options.limit
    )
    found = noted(given, program.answers, moment)
    if options.json:
        _print_json({"judgments": [judgment_document(one) for one in found]})
    else:
        print(listed(found))
    return 0


def _replay(program: Program, options: argparse.Namespace) -> int:
    """As it was, and as it would be now: asked again as whoever asked then."""
    from assistant.records import read
    from assistant.replay import replay_document, shown, since
    from assistant.replayed import replayed

    moment = now()
    kept = read(program.answers.told(options.id, moment))
    whole = program.archive.view(Scope.ARCHIVIST, moment)
    visible = shown(kept, program.archive.view(_scope(options), moment))
    cited = dict.fromkeys((one.release_id, one.version) for one in kept.answer.citations)
    found = [since(whole, release, version) for release, version in cited]
    again = _desk(program, now).ask(kept.question, kept.scope)
    told = replay_document(kept, visible, again, found)
    if options.json:
        _print_json(told)
    else:
        print(replayed(kept, visible, again, told, found))
    return 0


def _releases(program: Program, options: argparse.Namespace) -> int:
    from assistant.documents import entry_document

    view = program.archive.view(_scope(options), now())
    entries = view.releases()
    if options.json:
        _print_json({"releases": [entry_document(entry) for entry in entries], "total": len(entries)})
    else:
        for entry in entries:
            note = "" if entry.status == "published" else f"  [{entry.status}]"
            print(f"{entry.published or '    –     '}  {entry.id}  {entry.title} ({entry.issuer or '–'}){note}")
    return 0


def _show(program: Program, options: argparse.Namespace) -> int:
    from assistant.documents import release_document
    from assistant.printed import printed_release

    view = program.archive.view(_scope(options), now())
    versions = view.versions(options.id)
    if options.json:
        _print_json(release_document(versions, view.related(options.id), view.amendments(options.id)))
    else:
        withdrawn, related = view.withdrawal(options.id), view.related(options.id)
        print(printed_release(versions, withdrawn, related, view.amendments(options.id)))
    return 0


def _amend(program: Program, options: argparse.Namespace) -> int:
    from assistant.documents import amendment_document
    from assistant.printed import printed_amendment
    from store.amendments import FIELDS, Hand

    given = {field: getattr(options, field) for field in FIELDS if getattr(options, field) is not None}
    if not given and not options.undo:
        options.misuse("nothing to put right: --date, --issuer, --title, --embargo, …, or --undo FIELD")
    if given.keys() & set(options.undo):
        options.misuse("the same field cannot be put right and given up at once")
    archive = program.archive
    if given:
        archive.amend(options.id, Hand(given, options.by, now(), options.note))
    if options.undo:
        archive.unamend(options.id, options.undo)
    view = archive.view(Scope.ARCHIVIST, now())
    release, standing = view.release(options.id), view.amendments(options.id)
    if options.json:
        _print_json({"release_id": release.id, "amendments": [amendment_document(one) for one in standing]})
    else:
        print(f"put right {release.id}")
        for amendment in standing:
            print(printed_amendment(amendment))
    return 0


def _withdraw(program: Program, options: argparse.Namespace) -> int:
    withdrawn = program.archive.withdraw(options.id, options.reason, now())
    if options.json:
        _print_json({"release_id": withdrawn, "status": "withdrawn", "reason": options.reason})
    else:
        print(f"withdrawn {withdrawn}: no answer, search or list shows it any more")
    return 0


def _reindex(program: Program, options: argparse.Namespace) -> int:
    from ingest.progress import Bar

    with Bar("releases") as bar:
        count = program.archive.reindex(bar.reach)
    if options.json:
        _print_json({"releases": count})
    else:
        print(f"reindexed {count} releases")
    return 0


def _models(program: Program, options: argparse.Namespace) -> int:
    from assistant.local.gguf import human, listed

    models = listed(program.settings.cache)
    if options.json:
        _print_json({"models": [model.document() for model in models]})
    else:
        for model in models:
            facts = ", ".join(filter(None, (human(model.size), model.licence, model.title)))
            print(f"{model.name}{'  [here]' if model.here else ''}  {facts}")
        print("porte-parole models pull NAME | hub:OWNER/REPO/FILE.gguf | file:PATH")
    return 0


def _pull(program: Program, options: argparse.Namespace) -> int:
    from assistant.local.gguf import human, listed
    from assistant.local.pulling import pull
    from ingest.progress import Bar

    wanted, cache = options.model, program.settings.cache
    for model in listed(cache):
        if model.name == wanted and not model.here:
            print(f"{model.name}: {human(model.size)}, {model.licence}, {model.title}", file=sys.stderr)
    with Bar("B", scaled=True) as bar:
        pulled = pull(wanted, cache, bar.reach)
    if options.json:
        _print_json(pulled.document())
    else:
        done = "is here already" if pulled.already else "is here"
        print(
            f"{pulled.name} {done} ({human(pulled.size)}, sha256 {pulled.sha256[:12]}…): --writer local:{pulled.name}"
        )
    return 0


def _accounts(program: Program, options: argparse.Namespace) -> int:
    found = program.accounts.listed(now())
    if options.json:
        _print_json({"accounts": [account.document() for account in found]})
    for account in () if options.json else found:
        notes = ["disabled"] * (account.disabled is not None) + ["no password"] * (not account.password)
        noted = f"  [{', '.join(notes)}]" if notes else ""
        signed_in = f"  {account.sessions} open sessions" if account.sessions else ""
        print(f"{account.name}  {account.role}{noted}{signed_in}")
    if not (found or options.json):
        print("nobody has an account: porte-parole accounts add NAME --role reader|archivist|admin")
    return 0


def _account(program: Program, options: argparse.Namespace) -> int:
    """Change one account, as `options.change` says; tells what it is then."""
    done: str = options.change(program.accounts, options)
    account = program.accounts.account(options.name)
    if options.json:
        _print_json(account.document())
    else:
        print(f"{account.name} ({account.role}): {done}")
    return 0


def _added(accounts: Accounts, options: argparse.Namespace) -> str:
    accounts.add(options.name, options.role, None if options.no_password else _password(options), now())
    return "added, known where a trusted proxy says so" if options.no_password else "added"


def _password_set(accounts: Accounts, options: argparse.Namespace) -> str:
    accounts.account(options.name)
    accounts.set_password(options.name, _password(options))
    return "has a new password; whoever was signed in is not any more"


def _role_set(accounts: Accounts, options: argparse.Namespace) -> str:
    accounts.set_role(options.name, options.role)
    return "has another role; whoever was signed in signs in again"


def _disabled(accounts: Accounts, options: argparse.Namespace) -> str:
    accounts.disable(options.name, now())
    return "disabled, and signed out everywhere"


def _enabled(accounts: Accounts, options: argparse.Namespace) -> str:
    accounts.enable(options.name)
    return "enabled"


def _signed_out(accounts: Accounts, options: argparse.Namespace) -> str:
    return f"signed out of {accounts.sign_out(options.name)} sessions"


def _password(options: argparse.Namespace) -> str:
    """A new password, asked twice without showing it, or the first line that comes in. Raises SettingsError."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise SettingsError("there is no terminal to ask the password at; give it with --password-stdin")
    from getpass import getpass

    password = getpass("Password (at least 12 characters): ")
    if getpass("Once more: ") != password:
        raise SettingsError("these were two different passwords; nothing was changed")
    return password


def _keys(program: Program, options: argparse.Namespace) -> int:
    from assistant.keys_command import run

    return run(program.keys, options, now(), program.settings.outside.origin)


def _enquiries(program: Program, options: argparse.Namespace) -> int:
    from assistant.enquiries_command import run

    return run(program.enquiries, options, now())


def _curated(program: Program, options: argparse.Namespace) -> int:
    from assistant.curated_command import run
    from ingest.progress import Bar

    def learn() -> None:
        with Bar("entries") as bar:
            program.faq.learn(bar.reach)

    return run(program.archive.curated, learn, options, now())


def _evaluate_curated(program: Program, options: argparse.Namespace) -> int:
    from assistant.evaluation import curated
    from ingest.progress import Bar

    entries, asked = curated.read_entries(options.curated), curated.read_asked(options.questions, options.limit)
    with Bar("entries") as bar:
        matching = curated.prepared(entries, lambda: program.embedder, bar.reach)
    found = curated.measure(matching, entries, asked)
    fewer = curated.thinned(matching, entries, asked, options.seed)
    if options.json:
        _print_json(curated.document(found, options.seed, fewer))
    else:
        shown = curated.table(found, options.seed, fewer)
        print(*([curated.misses(found), ""] if options.misses else []), shown, sep="\n")
    return 0


def _serve(program: Program, options: argparse.Namespace) -> int:
    from assistant.web.logs import configure
    from assistant.web.server import serve

    archive = program.archive
    archive.keep()
    program.tray.begin()
    program.courier.begin()
    configure(program.settings.log)
    serve(
        program.watched_desk,
        archive,
        clock=now,
        version=VERSION,
        host=options.host,
        port=options.port,
        accounts=program.accounts,
        outside=program.settings.outside,
        sign_in=options.sign_in or program.settings.sign_in,
        parts=program.parts,
        terms=program.settings.terms,
    )
    return 0


def _mail(program: Program, options: argparse.Namespace) -> int:
    from assistant.mailroom.command import Post, run
    from ingest.readers.mail import words_of
    from store.letters import Letters

    settings = program.settings
    with closing(Letters(program.archive.folder / "letters.sqlite")) as letters:
        return run(Post(program.faq, words_of, letters, now, settings.outside.origin, settings.mailbox), options)


def _mcp(program: Program, options: argparse.Namespace) -> int:
    from assistant.web.house import House
    from assistant.web.logs import configure
    from assistant.web.mcp_server import converse, local
    from assistant.web.room import Parts
    from assistant.web.running import Running

    configure(program.settings.log)
    here = program.settings.outside
    house = House(program.desk, program.archive, now, VERSION, Parts(), here, program.meter, Running())
    converse(house, local(Scope(options.scope)))
    return 0


def _evaluate(program: Program, options: argparse.Namespace) -> int:
    if options.reading is not None:
        return _evaluate_reading(options)
    if options.quotations is not None:
        if not options.releases:
            options.misuse("--quotations needs --releases EXPORT…, where the marked releases are")
        return _evaluate_quotations(options)
    if options.curated is not None:
        if options.questions is None:
            options.misuse("--curated needs QUESTIONS.jsonl: what is asked, with the entries meant as gold")
        return _evaluate_curated(program, options)
    return _evaluate_questions(program, options)


def _evaluate_reading(options: argparse.Namespace) -> int:
    from ingest.evaluation.reading import document, evaluate_reading, table
    from ingest.progress import Bar

    with Bar("documents") as bar:
        board = evaluate_reading(options.reading, options.limit or 400, options.seed, bar.reach)
    if options.json:
        _print_json(document(board))
    else:
        print(table(board))
    return 0


def _evaluate_quotations(options: argparse.Namespace) -> int:
    from ingest.evaluation.quotations import document, evaluate_quotations, read_marks, table, texts

    marks = read_marks(options.quotations)
    board = evaluate_quotations(marks, texts(options.releases, {mark.reference for mark in marks}))
    if options.json:
        _print_json(document(board))
    else:
        print(table(board))
    return 0


def _evaluate_questions(program: Program, options: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="porte-parole-") as temporary:
        folder = options.folder or Path(temporary)
        if options.set is None:
            return _put_questions(program, options, folder)
        from assistant.evaluation.sets import read_set

        asked = read_set(options.set, options.limit)
        with closing(Program(replace(program.settings, archive=folder / f"{asked.name}-archive"))) as made:
            made.archive.keep()
            with closing(_visits(made)) as visits:
                _take_in(made, [str(asked.export(folder))], visits, _told_when_unreadable)
            return _put_questions(made, options, folder, asked.questions)


def _put_questions(
    program: Program, options: argparse.Namespace, folder: Path, questions: tuple[GoldQuestion, ...] | None = None
) -> int:
    from assistant.evaluation.evaluating import evaluate
    from assistant.evaluation.figures import document
    from assistant.evaluation.misses import misses
    from assistant.evaluation.scoreboard import table
    from ingest.progress import Bar

    with Bar("versions") as bar:
        program.archive.flush(bar.reach)
    clock = now
    if questions is None:
        questions, clock = _drawn(program, options)
    if options.answers:
        return _compare_writers(program, options, questions, clock)
    desk, view = _desk(program, clock), program.archive.view(Scope.STAFF, clock())
    beside = _beside(program, options, folder, clock)
    with Bar("questions") as bar:
        board = evaluate(
            desk,
            view,
            questions,
            Scope.STAFF,
            answers=not options.retrieval_only,
            beside=beside,
            progress=bar.reach,
        )
    if options.json:
        _print_json(document(board))
    else:
        print(*([misses(board), ""] if options.misses else []), table(board), sep="\n")
    return 0


def _compare_writers(
    program: Program, options: argparse.Namespace, questions: tuple[GoldQuestion, ...], clock: Callable[[], datetime]
) -> int:
    """Put the questions to each writer named; with --folder, answers that are there are not asked for again."""
    from assistant.evaluation.comparing import collect, compare
    from assistant.evaluation.comparison_figures import document
    from assistant.evaluation.comparison_misses import misses
    from assistant.evaluation.comparison_table import table
    from assistant.evaluation.contenders import writers
    from assistant.evaluation.gold import foreign, sampled
    from assistant.meaning import Meaning
    from assistant.verification import Verifier
    from ingest.progress import Bar

    if options.as_unanswerable:
        questions = foreign(questions)
    questions = sampled(questions, options.sample, options.seed)
    openings = {name: partial(_writing, program, name, options.folder, clock) for name in writers(options.writers)}
    with Bar("answers") as bar:
        given = collect(openings, questions, options.folder and options.folder / "answers", bar.reach)
    with Bar("judged") as bar:
        verifier = Verifier(Meaning(program.embedder))
        comparison = compare(questions, given, program.archive.view(Scope.STAFF, clock()), verifier, bar.reach)
    if options.json:
        _print_json(document(comparison))
    else:
        print(*([misses(comparison), ""] if options.misses else []), table(comparison), sep="\n")
    return 0


@contextmanager
def _writing(program: Program, name: str, folder: Path | None, clock: Callable[[], datetime]) -> Iterator[Answerer]:
    """A writer at the desk, or the tutorial pipeline with its model, for as long as it is asked."""
    from tempfile import TemporaryDirectory

    from assistant.client import PorteParole
    from assistant.evaluation.answering import at_the_desk, by_the_api, by_the_tutorial
    from assistant.evaluation.contenders import TUTORIAL

    kind, _, model = name.partition(":")
    if kind in ("http", "https"):
        with PorteParole(name, os.environ.get("PORTE_PAROLE_KEY")) as press:
            yield by_the_api(press)
        return
    if kind != TUTORIAL:
        with _writer(program, program.settings.writer.named(name)) as writer:
            yield at_the_desk(_desk(program, clock, writer=writer), Scope.STAFF)
        return
    with (
        TemporaryDirectory(prefix="porte-parole-") as temporary,
        _chat(program, program.settings.writer.named(model)) as chat,
    ):
        pipeline = _filled_tutorial(program, (folder or Path(temporary)) / "tutorial", clock())
        yield by_the_tutorial(pipeline, chat)


def _drawn(program: Program, options: argparse.Namespace) -> tuple[tuple[GoldQuestion, ...], Callable[[], datetime]]:
    """The questions of a file, of titles or of the catalogue, and the clock they are asked by.

    Questions of the catalogue are asked on the evening of its last day, so that « le mois
    dernier » has releases.
    """
    from assistant.evaluation.gold import read_questions

    if options.questions is not None:
        return read_questions(options.questions, options.limit), now
    from assistant.evaluation.drawing import evening
    from assistant.evaluation.generated import generate
    from assistant.evaluation.shelf import read_shelf
    from assistant.evaluation.titles import read_titles

    shelf = read_shelf(program.archive.view(Scope.STAFF, now()))
    if options.titles is not None:
        return read_titles(options.titles, shelf, options.limit, options.seed), now
    last = evening(shelf)
    return generate(shelf, options.generated, options.seed, last.date()), lambda: last


def _desk(
    program: Program,
    clock: Callable[[], datetime],
    configuration: Configuration | None = None,
    recorder: Recorder | None = None,
    writer: Writer | None = None,
    watches: Sequence[Watch] = (),
) -> Desk:
    """The product's desk, or one that ranks as `configuration` says; `recorder` writes its answers down.

    `writer` None is the settings' own.
    """
    from assistant.desk import Desk
    from store.fusion import Weights

    return Desk(
        program.archive,
        clock=clock,
        unrelated=program.model.unrelated,
        weights=replace(configuration.weights if configuration else Weights(), spread=program.model.spread),
        rerank=program.rerank if configuration is None or configuration.rerank else None,
        recorder=recorder,
        writer=writer or program.writer,
        watches=watches,
    )


@contextmanager
def _writer(program: Program, choice: Choice) -> Iterator[Writer]:
    """The writer that is chosen; its model stays open as long."""
    from assistant.extractive import ExtractiveWriter

    if choice.name == EXTRACTIVE:
        yield ExtractiveWriter()
        return
    from assistant.generative import GenerativeWriter
    from assistant.meaning import Meaning
    from assistant.verification import Verifier

    with _chat(program, choice) as model:
        yield GenerativeWriter(
            model,
            f"{LOCAL}:{getattr(model, 'model_name', '')}" if choice.provider == LOCAL else choice.name,
            Verifier(Meaning(program.embedder)),
            patience=choice.patience,
            allowance=choice.allowance,
            remote=choice.remote and not choice.embargoed,
        )


@contextmanager
def _chat(program: Program, choice: Choice) -> Iterator[BaseChatModel]:
    """The chat model that is chosen, closed afterwards."""
    if choice.provider == LOCAL:
        from assistant.local.llamachat import open_local

        with open_local(
            choice.model, program.settings.cache, threads=choice.threads, timeout=choice.patience.last
        ) as model:
            yield model
        return
    from assistant.models import remote_model

    yield remote_model(choice)


def _beside(
    program: Program, options: argparse.Namespace, folder: Path, clock: Callable[[], datetime]
) -> dict[str, Retriever]:
    """What stands beside the desk: other weights, and the tutorial pipeline over the same releases."""
    from assistant.evaluation.contenders import CONFIGURATIONS, TUTORIAL, named
    from assistant.evaluation.evaluating import asking

    beside: dict[str, Retriever] = {}
    for name in named(options.compare + (f",{TUTORIAL}" if options.against_tutorial else "")):
        if name == TUTORIAL:
            beside[name] = _tutorial(program, folder / "tutorial", clock())
            continue
        if CONFIGURATIONS[name].rerank and program.rerank is None:
            raise SettingsError(f"{name}: set PORTE_PAROLE_RERANKER to a cross-encoder's hub name or folder")
        beside[name] = asking(_desk(program, clock, CONFIGURATIONS[name]), Scope.STAFF)
    return beside


def _tutorial(program: Program, folder: Path, moment: datetime) -> Retriever:
    from assistant.evaluation.evaluating import joined

    tutorial = _filled_tutorial(program, folder, moment)
    return lambda question: tutorial.retrieve(joined(question))


def _filled_tutorial(program: Program, folder: Path, moment: datetime) -> Tutorial:
    """The tutorial pipeline over the releases of this archive; those its folder holds are not embedded again."""
    from assistant.tutorial import Tutorial, page

    view, tutorial = program.archive.view(Scope.STAFF, moment), Tutorial(program.model, folder)
    tutorial.index((entry.id, page(entry.title, view.release(entry.id).text)) for entry in view.releases())
    return tutorial


def _told_when_unreadable(line: Line) -> None:
    if line.outcome == "unreadable":
        print(line, file=sys.stderr)


def _benchmark(program: Program, options: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from assistant.benchmark.bench import Bench, benchmark
    from assistant.benchmark.plots import draw
    from assistant.benchmark.table import table
    from assistant.evaluation.gold import read_questions
    from ingest.passages import cut

    if options.load is not None:
        return _load(options)
    if not (options.releases or options.larger or options.generated):
        options.misuse("nothing to measure: --releases, --larger, --generated or --load")
    with TemporaryDirectory(prefix="porte-parole-") as temporary:
        bench = Bench(
            command=(sys.executable, str(Path(__file__).resolve())),
            export=options.releases,
            questions=read_questions(options.questions),
            folder=options.folder or Path(temporary),
            limit=options.limit,
            model=program.model,
            tutorial=not options.no_tutorial,
            larger=partial(_fill, program, options.larger) if options.larger else None,
            cut=lambda release: cut(release, program.tokens.count, program.max_tokens),
            generated=options.generated,
            searches=options.searches,
        )
        results = benchmark(bench, lambda line: print(line, file=sys.stderr))
    if options.plots is not None:
        draw(results, options.plots)
    if options.json:
        _print_json(results)
    else:
        print(table(results))
    return 0


def _load(options: argparse.Namespace) -> int:
    from assistant.benchmark.load import Load, told, under_load
    from assistant.evaluation.gold import read_questions

    asked = tuple(one.question for one in read_questions(options.questions))
    load = Load(options.load, asked, options.search_rate, options.ask_rate, options.seconds)
    results = under_load(load, lambda line: print(line, file=sys.stderr))
    if options.json:
        _print_json(results)
    else:
        print(told(results))
    return 1 if results["errors"] else 0


def _fill(program: Program, paths: Sequence[str], archive: Archive) -> None:
    """Take documents into another archive than the settings', without keeping visits."""
    from ingest.pipeline import ingest

    ingest(paths, archive, program.tokens.count, now(), lambda line: None, max_tokens=program.max_tokens)


def _scope(options: argparse.Namespace) -> Scope:
    return Scope.ARCHIVIST if options.all else Scope.STAFF


def _filters(options: argparse.Namespace) -> Any:
    """Filters as given on the command line; None where none was, so that they are inferred."""
    from store.period import Period, parse_day
    from store.records import Filters

    def day(name: str) -> Any:
        text = getattr(options, name)
        try:
            return None if text is None else parse_day(text)
        except ValueError as error:
            raise SettingsError(f"--{name.strip('_')}: {error}") from error

    if options.from_ is None and options.to is None and not options.issuer and not options.language:
        return None
    return Filters(Period(day("from_"), day("to")), tuple(options.issuer), tuple(options.language))


def _print_json(document: Any) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    print()


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--archive", metavar="DIR", default=argparse.SUPPRESS, help="where the archive lives")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    narrowing = argparse.ArgumentParser(add_help=False)
    narrowing.add_argument("--from", dest="from_", metavar="DAY", help="published on or after this day")
    narrowing.add_argument("--to", metavar="DAY", help="published on or before this day")
    narrowing.add_argument("--issuer", action="append", default=[], help="by this issuer (may be repeated)")
    narrowing.add_argument("--language", action="append", default=[], help="in this language: fr, en, de, it")
    writing = argparse.ArgumentParser(add_help=False)
    writing.add_argument(
        "--writer",
        metavar="NAME",
        help="extractive (default), local, local:NAME or PROVIDER:MODEL; a remote model reads the releases it answers "
        "from, embargoed ones only where PORTE_PAROLE_WRITER_EMBARGOED is 1",
    )
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--all", action="store_true", help="as the archivist sees it: withdrawn and superseded too")

    parser = argparse.ArgumentParser(
        "porte-parole", description="A chat assistant over press archives.", parents=[shared]
    )
    parser.add_argument("--version", action="version", version=f"porte-parole {VERSION}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], about: str, *parents: argparse.ArgumentParser) -> Any:
        made = commands.add_parser(name, help=about, description=about, parents=[shared, *parents])
        made.set_defaults(command=run, misuse=made.error)
        return made

    made = command("ingest", _ingest, "take releases in: files, folders, exports, pages, feeds, sitemaps")
    made.add_argument("paths", nargs="+", metavar="PATH|URL")
    made = command("watch", _watch, "keep the archive current: folders as they change, pages and feeds now and then")
    made.add_argument("paths", nargs="+", metavar="FOLDER|FEED")
    made.add_argument("--every", type=_positive, default=15, metavar="MINUTES", help="how often feeds are asked")
    made = command("ask", _ask, "answer a question with verified, cited sentences", narrowing, writing)
    made.add_argument("question", metavar="QUESTION")
    made = command("search", _search, "list the releases that speak of something", narrowing)
    made.add_argument("query", metavar="QUERY")
    made.add_argument("--limit", type=_positive, default=10)
    made.add_argument("--explain", action="store_true", help="say why each is there, in words")
    made = command("answers", _answers, "list the last answers given, and what became of their releases")
    made.add_argument("--limit", type=_positive, default=20)
    made.add_argument("--citing", metavar="ID", help="only those that cited this release")
    made = command("judgments", _judgments, "list what people thought of answers: useful, wrong, wrong source")
    made.add_argument("--open", action="store_true", help="only those nobody saw to yet")
    made.add_argument("--limit", type=_positive, metavar="N", help="only the last N")
    made = command("replay", _replay, "show an answer as it was given, ask again, and say what differs", every)
    made.add_argument("id", metavar="ID")
    command("releases", _releases, "list the archive, newest first", every)
    made = command("show", _show, "show a release and what was understood of it", every)
    made.add_argument("id", metavar="ID")
    made = command("withdraw", _withdraw, "withdraw a release from every door, at once")
    made.add_argument("id", metavar="ID")
    made.add_argument("--reason", required=True)
    made = command("amend", _amend, "put a release right by hand; what its document says is kept, and can stand again")
    made.add_argument("id", metavar="ID")
    for option, field, about in (
        ("--date", "published", "the day it was published"),
        ("--issuer", "issuer", "who issues it"),
        ("--title", "title", "its title"),
        ("--embargo", "embargo", "until when it is held back, such as 2026-05-06T10:00 (Paris); « » lifts it"),
        ("--place", "place", "where it was issued"),
        ("--rubric", "rubric", "under which heading"),
        ("--language", "language", "fr, en, de, it"),
    ):
        made.add_argument(option, dest=field, metavar=option[2:].upper(), help=about)
    made.add_argument(
        "--undo",
        action="append",
        default=[],
        metavar="FIELD",
        help="let the document's own words stand again in a field: title, published, issuer…",
    )
    made.add_argument("--by", required=True, metavar="NAME", help="who says so")
    made.add_argument("--note", default="", help="why")
    command("reindex", _reindex, "make passages and vectors anew, beside the old ones, then swap")
    made = command("models", _models, "the models that can write answers on this machine: list them, fetch one")
    doing = made.add_subparsers(title="doing", metavar="list|pull")
    doing.add_parser("list", help="what is here and what can be fetched, with sizes and licences", parents=[shared])
    made = doing.add_parser("pull", help="fetch one, verified; run again, it goes on", parents=[shared])
    made.add_argument(
        "model", metavar="NAME", nargs="?", default=DEFAULT, help="or hub:OWNER/REPO/FILE.gguf, file:PATH"
    )
    made.set_defaults(command=_pull, misuse=made.error)
    made = command("serve", _serve, "open the chat and the HTTP API", writing)
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=7860)
    made.add_argument("--sign-in", action="store_true", help="only for people with an account, here too (accounts add)")
    mail_arguments(
        command("mail", _mail, "lay down drafts that answer mails, for staff to send; sends nothing", writing)
    )
    made = command("mcp", _mcp, "tools for language models over standard input and output (MCP)", writing)
    made.add_argument("--scope", choices=("public", "staff"), default="staff", help="what they may see (staff)")
    made = command("accounts", _accounts, "who may sign in to the page: list, add, change")
    doing = made.add_subparsers(title="doing", metavar="add|password|role|disable|enable|sign-out")

    def on_account(name: str, change: Callable[[Accounts, argparse.Namespace], str], about: str) -> Any:
        made = doing.add_parser(name, help=about, description=about, parents=[shared])
        made.add_argument("name", metavar="NAME")
        made.set_defaults(command=_account, change=change, misuse=made.error)
        return made

    for made in (
        on_account("add", _added, "a new account; its password is asked, never given on the command line"),
        on_account("password", _password_set, "another password; open sessions end"),
    ):
        made.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    made = on_account("role", _role_set, "another role; open sessions end")
    made.add_argument("role", choices=ROLES)
    doing.choices["add"].add_argument("--role", choices=ROLES, required=True)
    doing.choices["add"].add_argument(
        "--no-password", action="store_true", help="who comes through a trusted proxy needs none"
    )
    on_account("disable", _disabled, "nobody signs in under that name, open sessions end")
    on_account("enable", _enabled, "may sign in again")
    on_account("sign-out", _signed_out, "end the account's sessions, wherever they are open")
    from assistant.keys_command import key_arguments, widget_arguments

    key_arguments(command("keys", _keys, "which programs may call the API, and as what: list, add, revoke"), shared)
    about = "the journalists' bot on other sites' pages: list, add, revoke"
    widget_arguments(command("widgets", _keys, about), shared)
    from assistant.curated_command import curated_arguments
    from assistant.enquiries_command import enquiry_arguments

    about = "what journalists left for the press office: list, say what became of it, forget"
    enquiry_arguments(command("enquiries", _enquiries, about), shared)
    about = "the press office's own answers to journalists: list, import from CSV, approve, take back"
    curated_arguments(command("curated", _curated, about), shared)
    made = command(
        "evaluate", _evaluate, "measure answers over questions whose answers are known, or how releases are read"
    )
    measured = made.add_mutually_exclusive_group(required=True)
    measured.add_argument("questions", type=Path, nargs="?", metavar="QUESTIONS.jsonl")
    measured.add_argument(
        "--set", type=Path, metavar="DIR", help="documents with questions (BEIR's files): an archive is made of them"
    )
    measured.add_argument(
        "--titles", type=Path, metavar="EXPORT", help="titles in another language, each with its release by group"
    )
    measured.add_argument(
        "--generated", type=_positive, metavar="N", help="questions made from the catalogue: last, first, counts, lists"
    )
    measured.add_argument(
        "--reading", type=Path, metavar="XML", help="print these releases in five layouts, read them back"
    )
    measured.add_argument(
        "--quotations", type=Path, metavar="MARKS.jsonl", help="compare quotations with marks made by hand"
    )
    made.add_argument("--releases", type=Path, nargs="+", metavar="EXPORT", help="where the marked releases are")
    made.add_argument(
        "--curated", type=Path, metavar="ENTRIES.jsonl", help="which of these curated answers each question gets"
    )
    made.add_argument("--seed", type=int, default=2018, help="which releases, titles or questions are drawn")
    made.add_argument("--retrieval-only", action="store_true", help="ask for no answers")
    made.add_argument("--answers", action="store_true", help="judge answers, writers side by side")
    made.add_argument(
        "--writers",
        default="extractive",
        metavar="NAMES",
        help="extractive,local:NAME,PROVIDER:MODEL,http://127.0.0.1:7860 (a server, with the key of PORTE_PAROLE_KEY), "
        "tutorial (the pipeline with each model named)",
    )
    made.add_argument("--sample", type=_positive, metavar="N", help="so many of the questions, drawn with --seed")
    made.add_argument(
        "--as-unanswerable", action="store_true", help="questions of another archive: none has an answer in this one"
    )
    made.add_argument("--against-tutorial", action="store_true", help="measure the tutorial pipeline too")
    made.add_argument(
        "--compare",
        default="",
        metavar="NAMES",
        help="other rankings side by side: words,vectors,sentences,fusion-no-titles,tutorial,…",
    )
    made.add_argument("--misses", action="store_true", help="list the questions that went wrong, by category")
    made.add_argument("--folder", type=Path, help="where the set's archive and the tutorial's are kept")
    made.add_argument("--limit", type=_positive, help="only so many questions, or releases (400 for --reading)")
    made = command("benchmark", _benchmark, "measure speed, memory and disk, beside the tutorial pipeline")
    made.add_argument("--questions", type=Path, required=True, metavar="QUESTIONS.jsonl")
    made.add_argument("--releases", type=Path, metavar="EXPORT.jsonl[.gz]", help="taken in by both pipelines, encoded")
    made.add_argument("--limit", type=_positive, help="only the first of these releases")
    made.add_argument("--no-tutorial", action="store_true", help="leave the baseline out")
    made.add_argument(
        "--larger", nargs="+", metavar="PATH", help="real texts, more than can be encoded: vectors made up"
    )
    made.add_argument("--generated", type=_positive, metavar="PASSAGES", help="made-up texts and vectors, this many")
    made.add_argument("--searches", type=_positive, default=100, help="timed for each kind of filter (default 100)")
    made.add_argument("--load", metavar="URL", help="ask a server that runs on this machine at steady rates")
    made.add_argument("--search-rate", type=float, default=40.0, metavar="N", help="searches a second (default 40)")
    made.add_argument("--ask-rate", type=float, default=10.0, metavar="N", help="questions a second (default 10)")
    made.add_argument("--seconds", type=float, default=600.0, help="for how long (default 600)")
    made.add_argument("--plots", type=Path, metavar="DIR", help="draw the figures as SVG there")
    made.add_argument("--folder", type=Path, help="where archives and results stay, and an interrupted run goes on")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


if __name__ == "__main__":
    sys.exit(main())
