"""A coordinator's month on the phone: the figures, the places, who stands still, and the papers that come of them."""

from __future__ import annotations

import pytest

from tests.figures.known import TODAY, known_figures, steady_months
from tests.house import House
from tests.journeys.transcript import Transcript


async def test_a_coordinator_sees_how_far_people_come(house: House) -> None:
    await house.at(TODAY, 10)
    await known_figures(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    told = Transcript(house)
    told.follow("Femke", femke)
    told.heading("The figures of the province")
    await told.say("Femke", "/monitor")
    told.heading("Over time, and per municipality: the small ones are only in the total")
    await told.tap("Femke", "📈 Trend")
    await told.tap("Femke", "⬅️ Cijfers")
    await told.tap("Femke", "🗺 Per gemeente")
    await told.tap("Femke", "⬅️ Cijfers")
    told.heading("Who stands still")
    await told.tap("Femke", "👀 Wie staat stil?")
    await told.tap("Femke", "⬅️ Cijfers")
    told.heading("A page for the alderman, the monitoring format, a picture")
    await told.tap("Femke", "📄 A4 voor de wethouder")
    await told.tap("Femke", "📊 Excel")
    await told.tap("Femke", "🖼 Plaatje")
    told.matches("figures")


async def test_a_coordinator_asks_for_any_period_with_a_tap_or_typed(house: House) -> None:
    await house.at(TODAY, 10)
    await steady_months(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    told = Transcript(house)
    told.follow("Femke", femke)
    told.heading("A period is chosen, and stays for what comes of it")
    await told.say("Femke", "/monitor")
    await told.tap("Femke", "📅 Andere periode")
    await told.tap("Femke", "Vorig kwartaal")
    await told.tap("Femke", "📈 Trend")
    await told.tap("Femke", "⬅️ Cijfers")
    await told.tap("Femke", "📄 A4 voor de wethouder")
    told.heading("A period is typed: two days")
    await told.say("Femke", "/monitor 12-2-2026 14-3-2026")
    await told.tap("Femke", "🗺 Per gemeente")
    await told.tap("Femke", "⬅️ Cijfers")
    await told.tap("Femke", "📈 Trend")
    await told.tap("Femke", "⬅️ Cijfers")
    told.heading("What goes outside takes whole months")
    await told.tap("Femke", "📄 A4 voor de wethouder")
    await told.say("Femke", "/rapport 2026-02 2026-03")
    await told.tap("Femke", "🖼 Plaatje")
    told.heading("What is no period is said in one sentence, and typed again")
    await told.say("Femke", "/monitor 31-2-2026 14-3-2026")
    await told.say("Femke", "1-2-2026 31-3-2026")
    told.matches("periods")


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        ("2026-02", "1 februari – 28 februari 2026"),
        ("02/2026", "1 februari – 28 februari 2026"),
        ("Februari 2026", "1 februari – 28 februari 2026"),
        ("K2 2026", "1 april – 30 juni 2026"),
        ("2026-K2", "1 april – 30 juni 2026"),
        ("2e kwartaal 2026", "1 april – 30 juni 2026"),
        ("kwartaal 4 2026", "1 oktober – 26 november 2026"),
        ("2026", "1 januari – 26 november 2026"),
        ("2025", "1 januari – 31 december 2025"),
        ("deze maand", "1 november – 26 november 2026"),
        ("vorige maand", "1 oktober – 31 oktober 2026"),
        ("vorig jaar", "1 januari – 31 december 2025"),
        ("1-2-2026 14-3-2026", "1 februari – 14 maart 2026"),
        ("van 1-2-2026 t/m 14-3-2026", "1 februari – 14 maart 2026"),
        ("1 februari – 14 maart 2026", "1 februari – 14 maart 2026"),
        ("2026-02-01 2026-03-14", "1 februari – 14 maart 2026"),
        ("15-12-2025 14-2-2026", "15 december 2025 – 14 februari 2026"),
        ("1-2-2026 vandaag", "1 februari – 26 november 2026"),
        ("2026-02 2026-05", "1 februari – 31 mei 2026"),
        ("", "1 januari – 26 november 2026"),
    ],
)
async def test_a_period_is_read_as_people_write_it_and_stands_in_the_head(house: House, typed: str, head: str) -> None:
    await house.at(TODAY, 10)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.say(femke, f"/monitor {typed}".strip())
    assert femke.last.text.startswith(f"📊 Groningen · {head} · ")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("14-3-2026 1-2-2026", "De laatste dag ligt vóór de eerste: typ /monitor 1-2-2026 14-3-2026"),
        ("1-2-2026 14-3-2027", "Typ een periode tot en met vandaag, 26-11-2026."),
        ("2026-12", "Typ een periode tot en met vandaag, 26-11-2026."),
        ("2027", "Typ een periode tot en met vandaag, 26-11-2026."),
        ("31-2-2026 14-3-2026", "31-2-2026 bestaat niet: typ bijvoorbeeld /monitor 1-2-2026 14-3-2026"),
        ("2026-13", "2026-13 bestaat niet: typ bijvoorbeeld /monitor 1-2-2026 14-3-2026"),
        ("K5 2026", "k5 2026 bestaat niet: typ bijvoorbeeld /monitor 1-2-2026 14-3-2026"),
        ("1-2-26 14-3-26", "Typ het jaar met vier cijfers, bijvoorbeeld /monitor 1-2-2026 14-3-2026"),
        ("26", "Typ het jaar met vier cijfers, bijvoorbeeld /monitor 1-2-2026 14-3-2026"),
        ("1-2-2026", "Typ ook de laatste dag, bijvoorbeeld /monitor 1-2-2026 26-11-2026"),
        ("1-2-1026 14-3-2026", "Typ een jaar vanaf 2000, bijvoorbeeld /monitor 1-2-2026 14-3-2026"),
        *(
            (
                text,
                "Ik lees daar geen periode in: typ /monitor 2026-02, /monitor K2 2026 of /monitor 1-2-2026 14-3-2026",
            )
            for text in ("gisteren", "<b>2026", "'; DROP TABLE cases", "1-2 14-3", "9" * 300, "1 2 3 4 5 6 7 8 9", "🗓")
        ),
    ],
)
async def test_what_is_no_period_is_answered_with_one_sentence_that_says_what_to_type(
    house: House, typed: str, answer: str
) -> None:
    await house.at(TODAY, 10)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.say(femke, f"/monitor {typed}")
    assert femke.last.text.splitlines()[0] == answer
    assert "📅 Welke periode?" in femke.last.text
    await house.say(femke, "K2 2026")
    assert "1 april – 30 juni 2026" in femke.last.text


async def test_a_period_that_was_chosen_by_its_name_moves_along(house: House) -> None:
    await house.at(TODAY, 10)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.say(femke, "/monitor")
    await house.tap(femke, "Andere periode", "Deze maand")
    assert "1 november – 26 november 2026" in femke.last.text
    await house.at(TODAY.replace(day=27), 10)
    await house.tap(femke, "Verder")
    assert "1 november – 27 november 2026" in femke.last.text


async def test_where_a_month_has_few_the_way_to_more_is_said_and_a_year_needs_none(house: House) -> None:
    await house.at(TODAY, 10)
    await known_figures(house)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.say(femke, "/monitor 2026-02")
    assert "📊 Groningen · 1 februari – 28 februari 2026 · te klein om te tonen" in femke.last.text
    assert "Hele kwartalen of een heel jaar laten meer zien." in femke.last.text
    for typed in ("K2 2026", "2026"):
        await house.say(femke, f"/monitor {typed}")
        assert "🤝 Contact " in femke.last.text
        assert "te klein" not in next(line for line in femke.last.text.splitlines() if "🤝" in line)
    assert "laten meer zien" not in femke.last.text
