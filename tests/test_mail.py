"""Mails and mailboxes: the message without its thread, attachments as documents of their own."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from time import monotonic

import pytest
from mutation import mutants
from office import docx, p, packed
from outcomes import outcome

from ingest.document import Document
from ingest.readers import count, read, read_bytes
from store.records import OriginKind, UnreadableDocument

RELEASE = """La criée de Port-Clair rouvre mardi, après deux ans de travaux et quatorze millions d'euros
d'investissement de la ville, du département et de la région.

« Les marins reviennent chez eux après deux hivers passés ailleurs », se réjouit Lise Maréchal, maire.

Contact presse : Anne Douce, 01 99 00 12 34
"""
FLAT = " ".join(RELEASE.split())


def mail(body: str = RELEASE, html: str | None = None, **heads: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ville de Port-Clair <presse@port-clair.example>"
    message["Date"] = "Mon, 13 May 2024 09:00:00 +0200"
    message["Subject"] = "Communiqué de presse : La criée rouvre"
    message["Message-ID"] = "<17@port-clair.example>"
    for name, value in heads.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(body)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def documents(message: EmailMessage | bytes) -> list[Document | UnreadableDocument]:
    return list(read_bytes(message if isinstance(message, bytes) else message.as_bytes(), "a.eml"))


def text(message: EmailMessage | bytes) -> str:
    (found,) = documents(message)
    assert isinstance(found, Document), found
    return found.text


def flat(message: EmailMessage | bytes) -> str:
    return " ".join(text(message).split())


def test_the_head_gives_guesses() -> None:
    """Subject without its prefixes, the day where it was written, a sender that is an organisation."""
    (found,) = documents(mail())
    assert isinstance(found, Document)
    assert (found.name, found.media_type) == ("a.eml", "message/rfc822")
    guesses = found.guesses
    assert (guesses.title, guesses.published, guesses.issuer) == (
        "La criée rouvre",
        date(2024, 5, 13),
        "Ville de Port-Clair",
    )
    assert guesses.origin is OriginKind.MAIL
    assert found.hints.title is None


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: TR : [presse] Communiqué de presse - La criée rouvre", "La criée rouvre"),
        ("CP | La criée rouvre", "La criée rouvre"),
        ("=?utf-8?q?La_cri=C3=A9e_rouvre?=", "La criée rouvre"),
        ("=?utf-8?q?La_cri=C3=A9e?=\n rouvre =?utf-8?q?l=27?=\n =?utf-8?q?=C3=A9t=C3=A9?=", "La criée rouvre l'été"),
        ("=?inconnu?q?La_cri=E9e_rouvre?=", "La criée rouvre"),
        ("La presse régionale en fête", "La presse régionale en fête"),
        ("Fwd:", None),
    ],
)
def test_subjects_lose_what_programs_and_habit_put_before(subject: str, title: str | None) -> None:
    """In every encoding, wrong ones included."""
    raw = mail().as_bytes().split(b"\n\n", 1)[1]
    found = documents(b"From: Anne Douce <a@b.example>\nSubject: " + subject.encode() + b"\n\n" + raw)[0]
    assert isinstance(found, Document)
    assert found.guesses.title == title
    assert found.guesses.issuer is None


def test_the_plain_text_goes_first_unless_it_is_a_stub() -> None:
    """A stub that sends the reader to the HTML is not the message; its links are kept."""
    rich = f"<html><body><p>{FLAT}</p><p><a href='https://port-clair.example/criee'>le projet</a></p></body></html>"
    assert flat(mail(html=rich)) == FLAT
    (found,) = documents(mail("Votre messagerie ne lit pas le HTML.", html=rich))
    assert isinstance(found, Document)
    assert found.text == f"{FLAT}\n\nle projet"
    (link,) = found.links
    assert link.span.of(found.text) == "le projet"


@pytest.mark.parametrize(
    "after",
    [
        "\nLe 12 mai 2024 à 18:02, Paul Vif\n<vif@journal.example> a écrit :\n\n> Quand rouvre la criée ?\n> Merci\n",
        "\nOn 12 May 2024, at 18:02, Paul Vif <vif@journal.example> wrote:\n> When?\n",
        "\n-----Message d'origine-----\nDe : Paul Vif\nEnvoyé : 12 mai 2024\nÀ : presse\nObjet : criée\n\nOù ?\n",
        "\nDe : Paul Vif <vif@journal.example>\nEnvoyé : 12 mai 2024 18:02\nÀ : presse\nObjet : criée\n\nOù ?\n",
        "\n-- \nVille de Port-Clair\n1 quai du Port\n",
        "\nEnvoyé de mon iPhone\n",
        "\nCe message et ses pièces jointes sont confidentiels et destinés\nà l'usage exclusif de son destinataire.\n",
        "\nN'imprimez ce message que si c'est nécessaire.\n",
        "\nPour vous désabonner, cliquez ici.\n",
    ],
)
def test_threads_signatures_and_disclaimers_are_left_out(after: str) -> None:
    """Nothing of the release is lost with them."""
    assert flat(mail(RELEASE + after)) == FLAT


def test_a_signature_stays_where_nobody_could_be_called_without_it() -> None:
    """The press contact of a release in a mail often is the signature."""
    body = RELEASE.replace("Contact presse : Anne Douce, 01 99 00 12 34\n", "")
    assert text(mail(f"{body}\n-- \nAnne Douce\n01 99 00 12 34\n")).endswith("Anne Douce\n01 99 00 12 34")


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nDe : Port <p@port.example>\nDate: lun. 6 mai 2024 à 09:00\n"
        "Subject: Communiqué : Le port rouvre\nTo: <x@y.example>\n\n",
        "-----Message d'origine-----\nDe : Port [mailto:p@port.example]\nEnvoyé : lundi 6 mai 2024 09:00\nÀ : Anne\n"
        "Objet : Le port rouvre\n\n",
    ],
)
def test_a_mail_passed_on_is_the_mail_within(head: str) -> None:
    """Its text, its subject and its day, not those of whoever passed it on."""
    (found,) = documents(mail(f"Pour info.\n\n{head}{RELEASE}", Subject="TR: Le port rouvre"))
    assert isinstance(found, Document)
    assert " ".join(found.text.split()) == FLAT
    assert (found.guesses.title, found.guesses.published) == ("Le port rouvre", date(2024, 5, 6))


def attach(message: EmailMessage, data: bytes, name: str, kind: str = "application/octet-stream") -> EmailMessage:
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def test_a_note_that_announces_attachments_is_no_release() -> None:
    """The attachment is, under its own name, with what the mail's head tells."""
    message = mail("Bonjour,\n\nVeuillez trouver ci-joint notre communiqué.\n\nCordialement, Anne Douce\n")
    (found,) = documents(attach(message, docx(p(FLAT)), "Communiqué du 13.docx"))
    assert isinstance(found, Document)
    assert (found.name, found.text) == ("a.eml#Communiqué du 13.docx", FLAT)
    assert (found.guesses.title, found.guesses.published) == ("La criée rouvre", date(2024, 5, 13))


def test_a_release_with_attachments_is_one_beside_them() -> None:
    """Attachments are known by type or content where their names do not tell; two of one name are two."""
    message = attach(mail(RELEASE * 3), FLAT.encode(), "annexe", "text/markdown")
    attach(attach(message, FLAT.encode(), "annexe", "text/markdown"), b"x", "logo.p7s", "application/pkcs7-signature")
    found = documents(attach(message, packed({"b.txt": FLAT}), "tout.zip", "application/zip"))
    assert [each.name for each in found] == ["a.eml", "a.eml#annexe", "a.eml#2-annexe", "a.eml#tout.zip#b.txt"]


def test_attachments_that_cannot_be_read_are_named() -> None:
    """And then even a short note is kept: it is all there is."""
    message = attach(mail("Veuillez trouver ci-joint notre communiqué.\n"), b"x", "winmail.dat", "application/ms-tnef")
    note, refused = documents(message)
    assert isinstance(note, Document)
    assert isinstance(refused, UnreadableDocument)
    assert (refused.name, "Outlook" in refused.reason) == ("a.eml#winmail.dat", True)


def test_a_mail_in_a_mail_is_read() -> None:
    """Mails forwarded as attachments."""
    outer = mail("Pour information.\n")
    outer.add_attachment(mail())
    (found,) = documents(outer)
    assert isinstance(found, Document)
    assert (found.name, " ".join(found.text.split())) == ("a.eml#message.eml", FLAT)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no head"),
        (b"\x89PNG\r\n\x1a\n", "no head"),
        (b"Subject: vide\n\n", "no text in it"),
        (b"Subject: x\nContent-Type: application/pkcs7-mime\n\nMIIB", "encrypted"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    """Each with what is wrong with it."""
    (refused,) = documents(data)
    assert isinstance(refused, UnreadableDocument)
    assert reason in refused.reason


def test_charsets_that_are_declared_wrong_are_mended() -> None:
    """Text said to be ASCII or of an unknown charset."""
    for charset in ("us-ascii", "inconnu", "utf-8"):
        head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
        assert flat(head.encode() + RELEASE.encode("cp1252")) == FLAT


def test_a_mailbox_is_read_mail_by_mail(tmp_path: Path) -> None:
    """Named by message id; lines that only look like the beginning of a mail are text; a broken one is named."""
    second = mail("From Port-Clair, with love.\n\n" + RELEASE, Message_ID="<18@port-clair.example>")
    begin = b"From presse@port-clair.example Mon May 13 09:00:00 2024\n"
    box = b"\n".join(
        begin + each for each in (mail().as_bytes(), second.as_bytes(unixfrom=False), b"", mail().as_bytes())
    )
    (tmp_path / "a.mbox").write_bytes(box.replace(b"\nFrom Port", b"\n>From Port"))
    found = list(read(tmp_path / "a.mbox", "a.mbox"))
    assert [each.name for each in found if isinstance(each, Document)] == [
        "a.mbox#17@port-clair.example",
        "a.mbox#18@port-clair.example",
        "a.mbox#17@port-clair.example|2",
    ]
    assert isinstance(found[1], Document)
    assert found[1].text.startswith("From Port-Clair, with love.")
    assert isinstance(found[2], UnreadableDocument)
    assert count(tmp_path / "a.mbox") == 4
    (tmp_path / "b.mbox").write_bytes(b"rien")
    assert [type(each).__name__ for each in read(tmp_path / "b.mbox", "b.mbox")] == ["UnreadableDocument"]


def test_hostile_heads_take_no_time() -> None:
    """Long lines of encodings, addresses and parts within parts."""
    long = (
        b"Subject: "
        + b"=?utf-8?q?a?= (" * 20_000
        + b"\nTo: "
        + b"<a@b.example>, " * 20_000
        + b"\n\n"
        + RELEASE.encode()
    )
    assert flat(long) == FLAT
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000))
    (refused,) = documents(b"Subject: x\n" + nested + RELEASE.encode())
    assert isinstance(refused, UnreadableDocument)


@pytest.mark.parametrize("suffix", ["eml", "mbox"])
def test_damaged_mails_are_read_or_named(suffix: str) -> None:
    """Never another error, whatever happened to the file."""
    sound = attach(mail(html=f"<p>{FLAT}</p>"), docx(p(FLAT)), "a.docx").as_bytes()
    sound = b"From a Mon May 13 09:00:00 2024\n" + sound if suffix == "mbox" else sound
    outcomes = [said for data in mutants(sound, 30, seed=17) for said in outcome(data, f"a.{suffix}")]
    assert len(outcomes) >= 30
    assert not [reason for reason in outcomes if "broke down" in reason]


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/mixed; " + b";" * 1_000_000,
        b"Content-Type: text/plain; charset=punycode",
        b"Content-Type: text/plain; format=flowed; charset=utf-8",
    ],
)
def test_a_hostile_head_costs_no_more_than_its_length(head: bytes) -> None:
    """Not the square of it: parameters, charsets and flowed lines are read once."""
    started = monotonic()
    list(read_bytes(b"From: a@b.example\n" + head + b"\n\n" + b"a1 \n" * 300_000, "a.eml"))
    assert monotonic() - started < 15


def test_more_lines_and_parts_than_a_mail_has_are_refused() -> None:
    """Before they are taken apart."""
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200))
    for data in (b"From: a@b.example\n\n" + b"a\n" * 3_100_000, b"From: a@b.example\n" + deep + b"a\n" * 200_000):
        (refused,) = documents(data)
        assert isinstance(refused, UnreadableDocument)
        assert refused.reason.startswith("damaged mail")


def test_parts_left_out_are_told() -> None:
    """A thousand are read; that there were more is said by name."""
    part = b"--b\nContent-Type: text/plain\n\nLa criee rouvre mardi.\n"
    data = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 1001 + b"--b--\n"
    told, read_ = documents(data)
    assert isinstance(told, UnreadableDocument)
    assert "first thousand parts" in told.reason
    assert isinstance(read_, Document)


def test_attachments_of_any_names_stay_apart() -> None:
    """Also where one bears the name another would be given."""
    message = mail("Veuillez trouver nos communiqués ci-joints.")
    for number, name in enumerate(["2-cp.txt", "cp.txt", "cp.txt"]):
        message.add_attachment(f"{RELEASE} {number}".encode(), maintype="text", subtype="plain", filename=name)
    assert len({each.name for each in documents(message)}) == 3
