"""Messages of the federal kind: one document a language, every field where it belongs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from mutation import mutants

from ingest.document import EXPORT, Document
from ingest.readers.collection import Found, Inside
from ingest.readers.xmlfile import read_xml
from store.records import UnreadableDocument

ORIGINATOR = """<originator id="{id}" lead="{lead}"><name lang="de">{name} DE</name><name lang="fr">{name}</name>
  <www lang="fr">https://port-clair.example</www></originator>"""
CONTENT = """<content lang="{lang}"><city>Port-Clair</city><title>{title}</title>
  <lead>La criée rouvre &amp; c'est mardi.</lead>
  <text link="no">&lt;p&gt;Elle a coûté 14&amp;nbsp;millions.&lt;/p&gt;&lt;h2&gt;Calendrier&lt;/h2&gt;
  &lt;ul&gt;&lt;li&gt;mardi&lt;/li&gt;&lt;li&gt;jeudi&lt;/li&gt;&lt;/ul&gt;</text>
  <contact>Ana Douce, porte-parole, 01 99 00 12 34</contact>
  <attachment id="2"><title>Plan (PDF)</title><uri>https://port-clair.example/plan.pdf</uri>
  <position>2</position></attachment>
  <attachment id="1"><title>Dossier</title><uri>https://port-clair.example/dossier.pdf</uri>
  <position>1</position></attachment>
  <link id="3"><title>La criée</title><uri>https://port-clair.example/criee</uri><position>1</position></link>
  <revisions> </revisions></content>"""


def message(
    id: str = "4711", *, version: int = 1, revoked: str = "no", languages: str = "fr de", title: str = "La criée rouvre"
) -> str:
    originators = ORIGINATOR.format(id=2, lead="no", name="Office du port") + ORIGINATOR.format(
        id=1, lead="yes", name="Ville de Port-Clair"
    )
    contents = "".join(CONTENT.format(lang=lang, title=title) for lang in languages.split())
    return (
        f'<message id="{id}" revoked="{revoked}"><version>{version}</version><pubdate>2024-05-13</pubdate>'
        f"<blocking-period>2024-05-14</blocking-period>{originators}{contents}</message>"
    )


def written(*messages: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<messages xmlns="https://presse.example/messages" version="1.0">'
    return f"{head}{''.join(messages)}</messages>".encode()


def none(data: bytes, name: str, suffix: str | None = None) -> Iterator[Found]:
    return iter(())


def read(data: bytes) -> list[Found]:
    return list(read_xml(io.BytesIO(data), "m.xml", Inside(none)))


def documents(data: bytes) -> list[Document]:
    found = read(data)
    assert all(isinstance(each, Document) for each in found)
    return [each for each in found if isinstance(each, Document)]


def test_each_language_is_a_document_of_one_group() -> None:
    """Named by message and language, with a reference of its own."""
    french, german = documents(written(message()))
    assert (french.name, french.hints.reference, french.hints.language) == ("m.xml#4711-fr", "4711-fr", "fr")
    assert (german.name, german.hints.reference, german.hints.language) == ("m.xml#4711-de", "4711-de", "de")
    assert french.hints.group == german.hints.group == "4711"
    assert french.sha256 != german.sha256
    assert [each.sha256 for each in documents(written(message("4712"), message()))][2:] == [
        french.sha256,
        german.sha256,
    ]


def test_the_text_is_lead_body_attachments_and_contact() -> None:
    """In that order, the title not among them, nothing mended."""
    french, _ = documents(written(message()))
    assert french.text == (
        "La criée rouvre & c'est mardi.\n\nElle a coûté 14\u00a0millions.\n\nCalendrier\n\n- mardi\n- jeudi\n\n"
        "- Dossier\n- Plan (PDF)\n- La criée\n\nAna Douce, porte-parole, 01 99 00 12 34"
    )
    assert french.media_type == EXPORT
    assert [(link.span.of(french.text), link.url.rpartition("/")[2]) for link in french.links] == [
        ("Dossier", "dossier.pdf"),
        ("Plan (PDF)", "plan.pdf"),
        ("La criée", "criee"),
    ]


def test_what_the_message_states_are_hints() -> None:
    """The leading originator is the issuer, in the release's language; the others sign with it."""
    french, german = documents(written(message()))
    hints = french.hints
    assert (hints.title, hints.published, hints.place) == ("La criée rouvre", date(2024, 5, 13), "Port-Clair")
    assert (hints.issuer, hints.co_issuers) == ("Ville de Port-Clair", ("Office du port",))
    assert (german.hints.issuer, german.hints.co_issuers) == ("Ville de Port-Clair DE", ("Office du port DE",))
    assert hints.lead == "La criée rouvre & c'est mardi."
    assert hints.contact == "Ana Douce, porte-parole, 01 99 00 12 34"
    assert hints.embargo == datetime(2024, 5, 13, 22, 0, tzinfo=UTC)
    assert hints.revoked is None


def test_a_name_that_is_not_translated_is_taken_as_it_is() -> None:
    """An issuer in another language is better than none."""
    (italian,) = documents(written(message(languages="it")))
    assert italian.hints.issuer == "Ville de Port-Clair DE"


def test_a_message_taken_back_says_so() -> None:
    """Even when nothing but its title is left."""
    french, _ = documents(written(message(revoked="yes")))
    assert french.hints.revoked
    emptied = message(revoked="yes", languages="fr")
    emptied = emptied[: emptied.index("<lead>")] + "</content></message>"
    (alone,) = documents(written(emptied))
    assert (alone.text, bool(alone.hints.revoked)) == ("La criée rouvre", True)


def test_of_the_versions_of_a_message_the_highest_counts() -> None:
    """Wherever it stands in the file; other messages are left alone."""
    data = written(
        message(version=3, languages="fr", title="Trois"),
        message(version=10, languages="fr", title="Dix"),
        message(version=2, languages="fr", title="Deux"),
        message("4712", languages="fr", title="Autre"),
    )
    assert [document.hints.title for document in documents(data)] == ["Dix", "Autre"]


def test_what_is_wrong_with_a_message_costs_that_alone() -> None:
    """A language without text is named; a day that is none leaves a doubt."""
    silent = CONTENT.format(lang="en", title="x").split("<lead>")[0] + "</content></message>"
    broken = message(languages="fr").replace("2024-05-13", "2024-02-31").replace("</message>", silent)
    french, english = read(written(broken))
    assert isinstance(french, Document)
    assert french.hints.published is None
    assert french.doubts == ("date de publication illisible : « 2024-02-31 »",)
    assert str(english) == "m.xml#4711-en: a message without text"


def test_a_message_may_only_announce_what_is_attached() -> None:
    """Its title is its text then."""
    whole = message(languages="fr")
    start, end = whole.index("<lead>"), whole.index("<attachment")
    (french,) = documents(written(whole[:start] + "<lead/><text/><contact/>" + whole[end:]))
    assert french.text == "La criée rouvre\n\n- Dossier\n- Plan (PDF)\n- La criée"
    assert french.hints.contact is None


def test_markup_that_is_not_escaped_is_markup() -> None:
    """Some write the body as elements."""
    plain = message(languages="fr")
    start, end = plain.index("&lt;p&gt;"), plain.index("</text>")
    (french,) = documents(written(plain[:start] + "<p>Elle <b>rouvre</b>.</p><p>Enfin.</p>" + plain[end:]))
    assert "Elle rouvre.\n\nEnfin." in french.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"<messages>", "not well-formed XML"),
        (b"<messages/>", "no message in it"),
        (b"<messages><message id='1'/></messages>", "without content"),
        (b"<svg/>", r"XML of another kind \(<svg>\); read are federal messages"),
        (b"<urlset/>", "give the address"),
        (b"<html><body/></html>", "XML of another kind"),
    ],
)
def test_other_xml_is_named(data: bytes, reason: str) -> None:
    """With the kinds that are read."""
    with pytest.raises(UnreadableDocument, match=reason):
        raise next(each for each in read(data) if isinstance(each, UnreadableDocument))


def test_entities_are_not_resolved() -> None:
    """Neither a billion laughs nor a file of this machine."""
    sound = written(message(languages="fr")).decode()
    for declared in ('<!ENTITY x "ha"><!ENTITY y "&x;&x;">', '<!ENTITY y SYSTEM "file:///etc/hostname">'):
        doctype = f"<!DOCTYPE messages [{declared}]>\n<messages"
        bomb = sound.replace("<messages", doctype, 1).replace("La criée rouvre</title>", "&y;</title>")
        with pytest.raises(UnreadableDocument, match="declares entities"):
            read(bomb.encode())


def test_a_feed_saved_as_xml_is_read_as_a_feed() -> None:
    """By its content, not by its name."""
    words = "<title>La criée</title><description>Elle rouvre mardi, après deux ans de travaux.</description>"
    (document,) = documents(f"<rss version='2.0'><channel><item>{words}</item></channel></rss>".encode())
    assert document.hints.title == "La criée"


def test_damaged_messages_are_read_or_named() -> None:
    """Never another exception."""
    for damaged in mutants(written(message(), message("4712")), 30, seed=13):
        try:
            assert all(isinstance(each, Document | UnreadableDocument) for each in read(damaged))
        except UnreadableDocument:
            continue
