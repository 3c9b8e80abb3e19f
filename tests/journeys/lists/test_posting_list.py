"""The posting list: which of fifty letters goes to whom, by name, or else by the number on the list."""

from __future__ import annotations

import re
from itertools import product
from random import Random

import pytest

from bot.errands.documents.making import made
from conversations.papers.posting_list import posting_list
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.scope import Actor, Scope
from tests.house import House
from tests.journeys.lists.test_importing import sends
from tests.journeys.lists.test_letters import NOW, ZONE, newest_file, texts
from tests.journeys.transcript import Transcript
from tests.overviews.making import overview

LIST = "verzendlijst.pdf"
FIRST = ("Sander", "Sander", "Fatma", "Jan Willem", "")
LAST = ("de Vries", "Bos", "El Amrani", "Kloosterboer", "Yılmaz", "van den Berg", "Çelik", "Ó Briain", "Wu", "Hoekstra")
# What a batch has that differs each time it is made.
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def fifty() -> bytes:
    places = ("Assen", "Emmen", "Groningen", "Meppel", "Leeuwarden")
    return overview(
        *(
            {"Zaaknummer": f"26-{n:04}", "Roepnaam": first, "Achternaam": last, "Gemeente": places[n % 5]}
            | {"Geboortejaar": 1950 + n, "Melddatum": None}
            for n, (first, last) in enumerate(product(FIRST, LAST), 1)
        )
    )


def newest_list(house: House) -> bytes:
    return next(f.content for f in reversed(house.world.files.values()) if f.name == LIST)


def lines(house: House) -> list[list[str]]:
    """Return the lines of the list as a person reads them, from the PDF itself."""
    text = " ".join(texts(newest_list(house)))
    return [one.split() for one in re.split(r"(?=\b\d{1,2} [A-Z]{2}-[0-9A-Z]{5}\b)", text)[1:]]


async def test_fifty_letters_and_their_posting_list(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.choice", Random(7).choice)
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    await sends(house, coby, fifty())
    await house.tap(coby, "Neem over")
    told = Transcript(house)
    told.follow("Coby", coby)
    await told.say("Coby", "/brieven")
    await told.tap("Coby", "🖨 Maak eerste brieven")
    fronts = texts(newest_file(house))[::2]
    told.heading("How the letters begin, and what stands below them")
    for text in fronts:
        told.lines.append(f"{text.partition(' Je hebt')[0]} … {text.split()[-1]}")
    told.heading(f"{LIST}")
    told.lines += [CODE.sub("(code)", page) for page in texts(newest_list(house))]
    told.matches("fifty_letters")
    # Line by line the list names whose letter it is.
    listed = lines(house)
    assert len(listed) == len(fronts) == 50
    for number, (line, front) in enumerate(zip(listed, fronts, strict=True), 1):
        assert line[0] == str(number)
        assert front.endswith(line[1])
        case = await house.load(line[1])
        assert case.identity.number == line[2]
        assert case.identity.name in " ".join(line)
        assert case.municipality in line
    assert not any(text.startswith("Hallo,") for text in fronts)
    assert len({text.partition(",")[0] for text in fronts}) == 40  # ten times two people with one name


async def test_without_names_the_list_has_the_number_by_which_they_are_found(house: House) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    await sends(house, coby, fifty())
    await house.tap(coby, "Namen: gaan mee", "Neem over")
    await house.say(coby, "/brieven")
    await house.tap(coby, "Maak eerste brieven")
    listed = lines(house)
    assert [(line[0], line[3]) for line in listed] == [(str(n), "–") for n in range(1, 51)]
    assert sorted(line[2] for line in listed) == [f"26-{n:04}" for n in range(1, 51)]
    assert not any("Vries" in word for line in listed for word in line)


async def test_a_name_that_the_reader_may_not_see_does_not_stand_on_the_list() -> None:
    case = Case("x", "GR-4K7Q2", "Groningen", "Groningen", NOW, Identity("Samira", "W" * 120, 1999, "Z1"))
    for area, name in (("Groningen", "Samira"), ("Assen", "–")):
        data = posting_list([case], Scope(Actor("coordinator", "c", area), NOW), words_for("nl", ZONE), NOW)
        [text] = texts(await made("posting_list", data))
        assert f"GR-4K7Q2 Z1 {name}" in text
        assert ("Samira" in text) == (area == "Groningen")
        assert "Het adres zoek je zelf op." in text


async def test_a_coordinator_reads_names_in_her_lists(house: House) -> None:
    coby = await house.joined(await house.member("coordinator", "all", "Coby"))
    await sends(house, coby, overview({"Achternaam": "Bos"}, {"Achternaam": "Demir"}))
    await house.tap(coby, "Neem over")
    await house.say(coby, "/toewijzen")
    await house.tap(coby, "Assen")
    assert any("Jan Demir" in label for label in coby.last.labels)
    await sends(house, coby, overview({"Achternaam": "Bos"}))
    await house.tap(coby, "Ontbreekt 1")
    assert "Jan Demir" in coby.last.text
