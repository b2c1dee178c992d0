"""Dates and periods, as texts write them and as people ask for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.period import (
    Period,
    asked_period,
    asked_periods,
    day_in_words,
    find_dates,
    impossible_dates,
    in_words,
    parse_day,
)

TODAY = date(2018, 11, 20)


def day(year: int, month: int, number: int) -> Period:
    return Period(date(year, month, number), date(year, month, number))


def between(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("Lundi 6 novembre 2017", day(2017, 11, 6)),
        ("LUNDI 6 NOVEMBRE 2017", day(2017, 11, 6)),
        ("1er mars 2019", day(2019, 3, 1)),
        ("1^{er} mars 2019", day(2019, 3, 1)),
        ("2 janv. 2018", day(2018, 1, 2)),
        ("15 FEVRIER 2018", day(2018, 2, 15)),
        ("15 aout 2018", day(2018, 8, 15)),
        ("01.11.2018", day(2018, 11, 1)),
        ("1/11/2018", day(2018, 11, 1)),
        ("01.11.18", day(2018, 11, 1)),
        ("2018-11-01", day(2018, 11, 1)),
        ("9. November 2018", day(2018, 11, 9)),
        ("Montag, den 6. November 2017", day(2017, 11, 6)),
        ("November 9, 2018", day(2018, 11, 9)),
        ("9th of November 2018", day(2018, 11, 9)),
        ("1º marzo 2018", day(2018, 3, 1)),
        ("lunedì 6 novembre 2017", day(2017, 11, 6)),
        ("du 3 au 7 mai 2018", between("2018-05-03", "2018-05-07")),
        ("3–7 mai 2018", between("2018-05-03", "2018-05-07")),
        ("vom 3. bis 7. Mai 2018", between("2018-05-03", "2018-05-07")),
        ("May 3-7, 2018", between("2018-05-03", "2018-05-07")),
        ("du 28 décembre au 3 janvier 2019", between("2018-12-28", "2019-01-03")),
        ("novembre 2017", between("2017-11-01", "2017-11-30")),
        ("mars à mai 2018", between("2018-03-01", "2018-05-31")),
        ("automne 2018", between("2018-09-01", "2018-11-30")),
        ("hiver 2017/18", between("2017-12-01", "2018-02-28")),
        ("1er semestre 2018", between("2018-01-01", "2018-06-30")),
        ("T3 2018", between("2018-07-01", "2018-09-30")),
        ("troisième trimestre 2018", between("2018-07-01", "2018-09-30")),
        ("six premiers mois de 2018", between("2018-01-01", "2018-06-30")),
        ("2017-2018", between("2017-01-01", "2018-12-31")),
        ("2018", between("2018-01-01", "2018-12-31")),
        ("années 1990", between("1990-01-01", "1999-12-31")),
    ],
)
def test_a_date_is_read_in_each_form_the_press_writes(written: str, period: Period) -> None:
    """A date is read whole, whatever its language, capitals, accents or figures."""
    text = f"Texte : {written}, fin."
    (mention,) = find_dates(text)
    assert (text[mention.start : mention.end], mention.period) == (written, period)
    assert mention.precise is (period.first == period.last)
    assert mention.year_given


@pytest.mark.parametrize(
    "written",
    [
        "une aide de 2018 francs",
        "les 2018 habitants",
        "CHF 2018",
        "un crédit de 2053 millions",
        "tél. 058 462 2018",
        "dossier 2018.123",
        "Rue Basse 5, 2000 Neuville",
        "you may 3 times",
        "à 22.10 heures",
    ],
)
def test_a_figure_that_is_no_date_is_left_alone(written: str) -> None:
    """Amounts, counts, phone numbers, postcodes and hours are not dates."""
    assert find_dates(written, TODAY) == []


@pytest.mark.parametrize(
    ("written", "near", "period"),
    [
        ("le 9 novembre", date(2018, 11, 20), day(2018, 11, 9)),
        ("le 9 janvier", date(2018, 12, 20), day(2019, 1, 9)),
        ("le 20 décembre", date(2019, 1, 3), day(2018, 12, 20)),
        ("le 29 février", date(2017, 3, 1), day(2016, 2, 29)),
        ("jeudi 22", date(2018, 11, 20), day(2018, 11, 22)),
        ("lundi 15 juillet", date(2018, 11, 26), day(2019, 7, 15)),
        ("hier", date(2018, 11, 20), day(2018, 11, 19)),
    ],
)
def test_a_date_without_its_year_is_the_nearest(written: str, near: date, period: Period) -> None:
    """A missing year is that of the day nearby, across New Year too, and is marked as supplied."""
    (mention,) = find_dates(written, near)
    assert mention.period == period
    assert not mention.year_given
    assert mention.relative is (written == "hier")


def test_a_date_without_its_year_takes_it_from_a_full_date_of_the_text() -> None:
    """Without a day nearby, the text's own first full date supplies the year; without one, nothing is made up."""
    mentions = find_dates("Le 6 novembre 2017, la ville signe. L'accord vaut dès le 8 novembre.")
    assert [mention.period for mention in mentions] == [day(2017, 11, 6), day(2017, 11, 8)]
    assert find_dates("L'accord vaut dès le 8 novembre.") == []


def test_a_weekday_is_kept_as_written() -> None:
    """The weekday written can be held against the date's own."""
    right, wrong = find_dates("lundi 6 novembre 2017, lundi 7 novembre 2017")
    assert right.period.first is not None
    assert wrong.period.first is not None
    assert right.weekday == right.period.first.weekday() == 0
    assert wrong.weekday == 0 != wrong.period.first.weekday()


def test_two_days_are_two_mentions_unless_they_follow_each_other() -> None:
    """« les 3 et 10 mai » names two days, « les 3 et 4 mai » a period, « entre le 3 et le 10 » as well."""
    assert [mention.period for mention in find_dates("les 3 et 10 mai 2018")] == [day(2018, 5, 3), day(2018, 5, 10)]
    assert [mention.period for mention in find_dates("les 3 et 4 mai 2018")] == [between("2018-05-03", "2018-05-04")]
    assert [m.period for m in find_dates("entre le 3 et le 10 mai 2018")] == [between("2018-05-03", "2018-05-10")]


@pytest.mark.parametrize("written", ["31 février 2018", "30 février", "29.02.2018", "2018-02-30", "31 avril 2018"])
def test_a_date_that_does_not_exist_is_reported(written: str) -> None:
    """A day the calendar does not have is no mention; it is given back as it was written."""
    assert find_dates(f"Le {written}, on signe.", TODAY) == []
    assert impossible_dates(f"Le {written}, on signe.") == [written]


def test_a_full_stop_after_a_month_belongs_to_the_sentence() -> None:
    """Only a shortened month keeps its full stop."""
    (mention,) = find_dates("Délai : 14 décembre.", TODAY)
    assert "Délai : 14 décembre."[mention.start : mention.end] == "14 décembre"


def test_hier_in_german_is_no_date() -> None:
    """« hier » is yesterday in French and here in German."""
    assert find_dates("Die Stadt ist hier und das wird gebaut.", TODAY) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["fr", "en", "de", "it"]))
def test_a_day_put_in_words_is_read_back(when: date, language: str) -> None:
    """Writing a day in words and reading it gives the same day, in each language."""
    assert parse_day(day_in_words(when, language)) == when
    assert parse_day(when.isoformat()) == when
    assert parse_day(when.strftime("%d/%m/%Y")) == when


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.dates(date(1990, 1, 1), date(2050, 12, 31)))
def test_a_period_put_in_words_is_read_back(one: date, other: date) -> None:
    """Writing a closed period in French and reading it gives the same period."""
    period = Period(min(one, other), max(one, other))
    assert [mention.period for mention in find_dates(in_words(period))] == [period]


@given(st.text(alphabet="0123456789/.- du auleterjnvioû²œ…", max_size=60), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_mentions_lie_in_the_text_in_order(text: str, near: date) -> None:
    """Whatever the text, mentions are non-empty, in order, and never overlap."""
    end = 0
    for mention in find_dates(text, near):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("2017-11-06", date(2017, 11, 6)),
        ("2017-11-06T23:30:00+01:00", date(2017, 11, 6)),
        ("20171106", date(2017, 11, 6)),
        ("06/11/2017", date(2017, 11, 6)),
        (" lundi 6 novembre 2017 ", date(2017, 11, 6)),
        ("Mon, 06 Nov 2017 10:00:00 +0100", date(2017, 11, 6)),
    ],
)
def test_a_date_field_is_read_strictly(field: str, expected: date) -> None:
    """Metadata holds ISO dates, French dates or those of mail."""
    assert parse_day(field) == expected


@pytest.mark.parametrize("field", ["", "bientôt", "novembre 2017", "31 février 2018", "2018-02-30", "6 et 9 mai 2018"])
def test_a_field_without_one_day_is_refused_by_name(field: str) -> None:
    """What is not exactly one day of the calendar is refused, and the message shows it and what to write."""
    with pytest.raises(ValueError, match=f"« {field} ».*2017-11-06"):
        parse_day(field)


@pytest.mark.parametrize(
    ("question", "words", "period"),
    [
        ("Que s'est-il passé en novembre 2017 ?", "en novembre 2017", between("2017-11-01", "2017-11-30")),
        ("Que s'est-il passé le 14 février ?", "le 14 février", day(2018, 2, 14)),
        ("Que s'est-il passé le 14 février 2016 ?", "le 14 février 2016", day(2016, 2, 14)),
        ("Que fit-on le 31 décembre ?", "le 31 décembre", day(2017, 12, 31)),
        ("Et avant l'été 2018 ?", "avant l'été 2018", Period(None, date(2018, 5, 31))),
        ("Et après mars 2018 ?", "après mars 2018", Period(date(2018, 4, 1), None)),
        ("Quoi de neuf depuis la rentrée ?", "depuis la rentrée", Period(date(2018, 9, 1), None)),
        ("Quoi de neuf depuis 2016 ?", "depuis 2016", Period(date(2016, 1, 1), None)),
        ("Et jusqu'en 2016 ?", "jusqu'en 2016", Period(None, date(2016, 12, 31))),
        ("Et entre mars et mai 2018 ?", "entre mars et mai 2018", between("2018-03-01", "2018-05-31")),
        ("Et entre mars 2017 et mai 2018 ?", "entre mars 2017 et mai 2018", between("2017-03-01", "2018-05-31")),
        ("Et entre août et novembre ?", "entre août et novembre", between("2018-08-01", "2018-11-30")),
        ("Et l'an dernier ?", "l'an dernier", between("2017-01-01", "2017-12-31")),
        ("Et l'annee derniere ?", "l'annee derniere", between("2017-01-01", "2017-12-31")),
        ("Et ces trois derniers mois ?", "ces trois derniers mois", between("2018-08-20", "2018-11-20")),
        ("Et le mois dernier ?", "le mois dernier", between("2018-10-01", "2018-10-31")),
        ("Et la semaine dernière ?", "la semaine dernière", between("2018-11-12", "2018-11-18")),
        ("Et hier ?", "hier", day(2018, 11, 19)),
        ("Et aujourd'hui ?", "aujourd'hui", day(2018, 11, 20)),
        ("Et lundi dernier ?", "lundi dernier", day(2018, 11, 19)),
        ("Et il y a deux ans ?", "il y a deux ans", between("2016-01-01", "2016-12-31")),
        ("Et cette année ?", "cette année", between("2018-01-01", "2018-12-31")),
        ("Et fin 2017 ?", "fin 2017", between("2017-09-01", "2017-12-31")),
        ("Et début septembre 2018 ?", "début septembre 2018", between("2018-09-01", "2018-09-16")),
        ("Et au premier semestre 2018 ?", "au premier semestre 2018", between("2018-01-01", "2018-06-30")),
        ("Et l'été dernier ?", "l'été dernier", between("2018-06-01", "2018-08-31")),
        ("Et au printemps ?", "au printemps", between("2018-03-01", "2018-05-31")),
        ("Et à la rentrée 2016 ?", "à la rentrée 2016", between("2016-09-01", "2016-09-30")),
        ("Et le dernier trimestre ?", "le dernier trimestre", between("2018-07-01", "2018-09-30")),
        ("Et le 3 mai dernier ?", "le 3 mai dernier", day(2018, 5, 3)),
        ("Et le 3 mai prochain ?", "le 3 mai prochain", day(2019, 5, 3)),
        ("What happened since March 2018?", "since March 2018", Period(date(2018, 3, 1), None)),
        ("What happened last month?", "last month", between("2018-10-01", "2018-10-31")),
        ("Was geschah letztes Jahr?", "letztes Jahr", between("2017-01-01", "2017-12-31")),
        (
            "Was geschah in den letzten drei Monaten?",
            "in den letzten drei Monaten",
            between("2018-08-20", "2018-11-20"),
        ),
        ("Che cosa è successo l'anno scorso?", "l'anno scorso", between("2017-01-01", "2017-12-31")),
    ],
)
def test_a_period_is_read_as_people_ask_for_it(question: str, words: str, period: Period) -> None:
    """A question's period is found with the words that open it, and reckoned from today."""
    asked = asked_period(question, TODAY)
    assert asked is not None
    assert (question[asked.start : asked.end], asked.period) == (words, period)


def test_a_question_without_a_period_has_none() -> None:
    """No period is read into a question that names none."""
    assert asked_periods("Combien d'habitants compte la Métropole, et qui la préside ?", TODAY) == []


@pytest.mark.parametrize(
    "question",
    [
        "Quels communiqués de novembre 2017 parlent d'eau ?",
        "communiqués en 2018",
        "Quel est le dernier communiqué de 2018 ?",
        "Qu'avons-nous dit du budget en mars 2018 ?",
        "Qu'avons-nous annoncé l'an dernier ?",
        "Le 14 février 2018, qu'a décidé le conseil ?",
        "Qu'a déclaré la présidente le 3 mai ?",
        "Press releases since March 2018?",
        "What was announced in November 2017?",
        "Was haben wir im November 2017 angekündigt?",
        "Che cosa abbiamo annunciato nel 2017?",
    ],
)
def test_a_period_of_saying_is_one_of_publication(question: str) -> None:
    """Asking what was said, decided or published then asks for the releases of that time."""
    asked = asked_period(question, TODAY)
    assert asked is not None
    assert asked.kind == "publication"


@pytest.mark.parametrize(
    "question",
    [
        "Que prévoit le budget 2019 ?",
        "Qu'avons-nous annoncé sur le budget 2019 ?",
        "Que disait le communiqué sur le budget de 2019 ?",
        "Que dit le rapport 2017 ?",
        "Où en est l'Agenda 2030 ?",
        "Combien de visiteurs en 2017 ?",
        "Combien coûte la vignette 2019 ?",
        "Quel programme pour 2014-2020 ?",
    ],
)
def test_a_period_of_the_subject_is_one_of_topic(question: str) -> None:
    """A year that names a thing or dates a figure may be told of in any other year."""
    asked = asked_period(question, TODAY)
    assert asked is not None
    assert asked.kind == "topic"


def test_publication_goes_before_topic() -> None:
    """Of several periods the one of publication is given, wherever it stands."""
    question = "Que disions-nous du budget 2019 en novembre 2018 ?"
    asked = asked_period(question, TODAY)
    assert [one.kind for one in asked_periods(question, TODAY)] == ["topic", "publication"]
    assert asked is not None
    assert asked.period == between("2018-11-01", "2018-11-30")


def test_two_years_of_one_noun_are_not_a_span() -> None:
    """« les rapports de 2014 et 2018 » names two years, « entre 2014 et 2018 » all between."""
    assert len(asked_periods("Que disent les rapports de 2014 et 2018 ?", TODAY)) == 2
    assert [one.period for one in asked_periods("Et entre 2014 et 2018 ?", TODAY)] == [
        between("2014-01-01", "2018-12-31")
    ]


def test_a_year_that_the_question_leaves_open_is_marked() -> None:
    """« en mars » is the last March, but says so; « l'an dernier » is certain."""
    (march,) = asked_periods("Qu'a-t-on dit en mars ?", TODAY)
    (last_year,) = asked_periods("Qu'a-t-on dit l'an dernier ?", TODAY)
    assert (march.period, march.year_given) == (between("2018-03-01", "2018-03-31"), False)
    assert last_year.year_given


WORDS_OF_TIME = (
    "le la de d' en et entre avant après depuis fin mi- mars mai 2018 2019 été rentrée l'an dernier dernière mois ces"
    " trois 3 31 février lundi 1er T3 premier semestre il y a ans jours since last year ago hier communiqué dit"
)
ASKING = st.lists(st.sampled_from(WORDS_OF_TIME.split()), max_size=10)


@given(ASKING, st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_asked_periods_lie_in_the_question_in_order(words: list[str], today: date) -> None:
    """However the words of time are heaped, periods are in order, apart, and run forwards."""
    question, end = " ".join(words), 0
    for asked in asked_periods(question, today):
        assert end <= asked.start < asked.end <= len(question)
        end = asked.end
        first, last = asked.period.first, asked.period.last
        assert first is None or last is None or first <= last


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_past_date_is_never_after_today(today: date) -> None:
    """Whatever today is, a day or month without its year is the most recent one up to it."""
    for question in ("Qu'a-t-on dit le 29 février ?", "Qu'a-t-on dit en juin ?", "Et l'été dernier ?"):
        asked = asked_period(question, today)
        assert asked is not None
        assert asked.period.first is not None
        assert asked.period.first <= today
        assert today - asked.period.first < timedelta(days=9 * 366)


@pytest.mark.parametrize(
    ("period", "french", "english"),
    [
        (day(2019, 3, 1), "1er mars 2019", "1 March 2019"),
        (between("2017-11-01", "2017-11-30"), "novembre 2017", "November 2017"),
        (between("2018-05-03", "2018-05-07"), "du 3 au 7 mai 2018", "from 3 to 7 May 2018"),
        (
            between("2018-12-28", "2019-01-03"),
            "du 28 décembre 2018 au 3 janvier 2019",
            "from 28 December 2018 to 3 January 2019",
        ),
        (between("2018-08-01", "2018-11-30"), "d'août à novembre 2018", "August to November 2018"),
        (between("2018-01-01", "2018-12-31"), "2018", "2018"),
        (Period(date(2018, 3, 1), None), "depuis le 1er mars 2018", "since 1 March 2018"),
        (Period(None, date(2018, 3, 1)), "jusqu'au 1er mars 2018", "until 1 March 2018"),
    ],
)
def test_a_period_is_said_as_one_would(period: Period, french: str, english: str) -> None:
    """A period is put into the shortest usual words."""
    assert (in_words(period), in_words(period, "en")) == (french, english)
