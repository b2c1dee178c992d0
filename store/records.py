"""The nouns of a press archive: release, quote, contact, figure, correction, passage, filters, hit.

Values only: nothing here knows how a record is stored, found or shown.

Every error this program raises on purpose is a `PressArchiveError`, whose message says
what is wrong, where, and what to do:

    PressArchiveError
    ├── SettingsError            a setting that cannot be used
    ├── UnreadableDocument       a document no release can be made of
    ├── ReleaseNotFound          no such release for the one who asks
    ├── AnswerNotFound           no answer of that id is kept
    ├── ConversationNotFound     no such conversation of the one who asks
    ├── AccountNotFound          no account of that name
    ├── AccountRefused           a name, role or password that no account can have
    ├── KeyNotFound              no key of that id
    ├── KeyRefused               a name, scope, rate, origin or expiry that no key can have
    ├── ArchiveError             the archive on disk
    │   ├── ArchiveTooNew        written by a newer version of this program
    │   ├── ArchiveMismatch      its vectors or passages were made otherwise: `reindex`
    │   └── ArchiveBusy          another process owns the indexes and does not answer
    ├── ModelUnavailable         the weights cannot be fetched, or are not what was pinned
    └── TextTooLong              a passage the encoder would have to truncate (`embedding.py`)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from store.period import Period


class PressArchiveError(Exception):
    """What went wrong, where, and what to do about it."""


class SettingsError(PressArchiveError):
    """A setting that cannot be used."""


class UnreadableDocument(PressArchiveError):
    """A document no release can be made of; `name` is the document, `reason` why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class ReleaseNotFound(PressArchiveError):
    """No release of that id or reference exists for the one who asks."""

    def __init__(self, id_or_reference: str) -> None:
        super().__init__(f"No release « {id_or_reference} » here; `porte-parole releases` lists them.")
        self.id_or_reference = id_or_reference


class AnswerNotFound(PressArchiveError):
    """No answer of that id was kept, or it was kept long enough."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(f"No answer « {answer_id} » is kept here; `porte-parole answers` lists them.")
        self.answer_id = answer_id


class AccountNotFound(PressArchiveError):
    """No account has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"No account « {name} » here; `porte-parole accounts` lists them.")
        self.name = name


class AccountRefused(PressArchiveError):
    """A name, a role or a password that no account can have; says why."""


class KeyNotFound(PressArchiveError):
    """No key has that id."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"No key « {key_id} » here; `porte-parole keys` and `porte-parole widgets` list them.")
        self.key_id = key_id


class KeyRefused(PressArchiveError):
    """A name, a scope, a rate, an origin or an expiry that no key can have; says why."""


class ConversationNotFound(PressArchiveError):
    """No conversation of that id is this person's, or it was kept long enough."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"No conversation « {conversation_id} » of yours is kept here.")
        self.conversation_id = conversation_id


class EnquiryNotFound(PressArchiveError):
    """No question left for the press office has that number, or it was kept long enough."""

    def __init__(self, enquiry_id: str) -> None:
        super().__init__(f"No enquiry « {enquiry_id} » is kept here; `porte-parole enquiries` lists them.")
        self.enquiry_id = enquiry_id


class ArchiveError(PressArchiveError):
    """The archive on disk cannot be used as asked."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a newer version of this program."""


class ArchiveMismatch(ArchiveError):
    """The archive's vectors or passages were made with another model or chunking."""


class ArchiveBusy(ArchiveError):
    """Another process owns the indexes and does not answer."""


class ModelUnavailable(PressArchiveError):
    """The weights cannot be fetched, or are not the pinned ones."""


class Status(StrEnum):
    """What a version of a release is to its reader, at the moment of looking."""

    PUBLISHED = "published"
    EMBARGOED = "embargoed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Scope(StrEnum):
    """Who looks. Each sees all that the one before sees."""

    PUBLIC = "public"
    STAFF = "staff"
    ARCHIVIST = "archivist"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half-open) of a release's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class Source:
    """Where a release's bytes came from.

    `name` is a path (for one record of an export: `path#record`), `sha256` the
    hexadecimal digest of the bytes, `received` when this archive first read them (UTC).
    """

    name: str
    media_type: str
    sha256: str
    url: str | None = None
    received: datetime | None = None


class OriginKind(StrEnum):
    """Where a value can come from; never a file's own time."""

    LETTERHEAD = "letterhead"
    MASTHEAD = "masthead"
    DATELINE = "dateline"
    BODY = "body"
    SIGNATURE = "signature"
    CONTACTS = "contacts"
    BOILERPLATE = "boilerplate"
    METADATA = "metadata"
    PAGE = "page"
    FEED = "feed"
    MAIL = "mail"
    PROPERTIES = "properties"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of a release's `field` came from, and the words it was read in.

    `span` is None where the value does not stand in the text (metadata, a mail's header).
    """

    field: str
    kind: OriginKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What someone said, and who said it where the text tells.

    `span` holds the words between the quotation marks, over paragraphs and pages where
    the quotation goes on. `indirect` marks reported speech (« Selon la maire, … »), whose
    words are the release's. `verb` is the verb of speech as written, `named` where the
    speaker's name stands.
    """

    span: Span
    speaker: str | None = None
    role: str | None = None
    verb: str | None = None
    indirect: bool = False
    named: Span | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the press may call; `span` is where the text says so."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body under its heading; `span` begins after the heading."""

    heading: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the text: `value` as a plain decimal (« 1,9 million » is 1900000).

    `unit` is « € », « % », « km »…, `counted` the noun it counts (« emplois »).
    """

    span: Span
    value: str
    unit: str | None = None
    counted: str | None = None


class NameKind(StrEnum):
    """What bears a name."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Name:
    """A person or organisation where the text first names it in full."""

    span: Span
    name: str
    kind: NameKind


class CorrectionKind(StrEnum):
    """What a release does to an earlier one."""

    CORRECTS = "corrects"
    REPLACES = "replaces"
    CANCELS = "cancels"


@dataclass(frozen=True, slots=True)
class Correction:
    """« ANNULE ET REMPLACE le communiqué du 3 mars »: what it says of the release it is about.

    `span` is the announcing line; day, reference and title as far as they are stated.
    """

    span: Span
    kind: CorrectionKind
    published: date | None = None
    reference: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the text that led somewhere."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Release:
    """One version of one press release.

    `text` is what every span points into. `pages` tile it (page n is `pages[n - 1]`) and
    are empty where the document has none. `id` is "" and `version` 0 until the release
    is shelved. `embargo` is in UTC; `language` an ISO 639-1 code; `doubts` say in words
    what could not be read. `lead` and `boilerplate` are spans of the text. `issuer` leads,
    `co_issuers` sign with it. `group` is what the source calls the translations of one
    release, the same for all of them. `origins` tell where each value came from. Reprints
    of one text share `family`, which the archive sets. `edition` is the source's own number
    of this version: a lower one never replaces a higher.
    """

    text: str
    source: Source
    id: str = ""
    reference: str | None = None
    version: int = 0
    status: Status = Status.PUBLISHED
    title: str = ""
    issuer: str | None = None
    published: date | None = None
    place: str | None = None
    rubric: str | None = None
    lead: Span | None = None
    pages: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    contacts: tuple[Contact, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    embargo: datetime | None = None
    language: str = "fr"
    doubts: tuple[str, ...] = ()
    subtitle: str | None = None
    co_issuers: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: tuple[Name, ...] = ()
    links: tuple[Link, ...] = ()
    corrects: Correction | None = None
    group: str | None = None
    origins: tuple[Origin, ...] = ()
    family: str = ""
    edition: int | None = None

    @property
    def url(self) -> str | None:
        return self.source.url

    def page_of(self, offset: int) -> int | None:
        """The 1-based page that holds character `offset`, or None without pages."""
        for number, page in enumerate(self.pages, start=1):
            if offset in page:
                return number
        return None


class PassageKind(StrEnum):
    """What a passage is part of."""

    BODY = "body"
    BOILERPLATE = "boilerplate"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of one version of a release: what is embedded and found.

    `sentences` tile `span` (each holds its trailing blanks). `context` is what is
    embedded before the text (issuer, date, title) and never quoted. `id` is
    `release_id:version:ordinal` once shelved, "" before.
    """

    ordinal: int
    span: Span
    sentences: tuple[Span, ...]
    text: str
    context: str = ""
    id: str = ""
    release_id: str = ""
    version: int = 0
    kind: PassageKind = PassageKind.BODY


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; empty fields narrow nothing.

    `period` is publication time; `releases` are ids.
    """

    period: Period = field(default_factory=Period)
    issuers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    newest_first: bool = False
    rubrics: tuple[str, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.issuers or self.languages or self.releases or self.rubrics) or self.period != Period()


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: `text` whole, and where a conversation leads to it, what is asked last.

    The vector of `focus` then counts as much as that of the whole. Passages of `also`
    (release ids) are looked at however little they have to do with it, and the best of the
    time `around` beside the best of all.
    """

    text: str
    focus: str = ""
    also: tuple[str, ...] = ()
    around: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, in its release, with its fused score (higher is better).

    `why` keeps each index's own score: "bm25", "cosine", "sentence". `sentence_scores`
    are the cosines of the passage's sentences to the question, one each, or empty while
    its vectors are not made.
    """

    passage: Passage
    release: Release
    score: float
    why: dict[str, float] = field(default_factory=dict)
    sentence_scores: tuple[float, ...] = ()
