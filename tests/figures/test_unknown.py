"""What nobody knows stands beside each rate, and is never counted among those who stayed away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.content.measures import Measures
from conversations.figures.figures import Figures, Rate, Row
from conversations.figures.papers import ends, losses, report_data, unknown
from conversations.words.wording import words_for
from storage.figures.indicators import COUNTS
from tests.figures.known import TODAY
from tests.house import House
from tests.storage.records import ZONE

WORDS = words_for("nl", ZONE)
CALLED = ("called_up & outcome=reported", "called_up & outcome=absent", "called_up & outcome=arrested")


def figures(reported: int, absent: int | None, arrested: int | None, nobody_knows: int | None, **more: int) -> Figures:
    """Return figures of people who were called up."""
    counts: dict[str, int | None] = dict.fromkeys(COUNTS, 0)
    counts |= dict(zip((*CALLED, "called_up & !outcome"), (reported, absent, arrested, nobody_knows), strict=True))
    counts["cases"] = counts["called_up"] = reported + sum(n or 0 for n in (absent, arrested, nobody_knows))
    return Figures("all", TODAY.replace(day=1), TODAY, None, Row("all", counts | more))


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (Rate(38, 61, 0, True), ""),
        (Rate(38, 61, 8, True), ", onbekend 8"),
        (Rate(38, 61, None, True), ", onbekend te klein om te tonen"),
        (Rate(38, 61), ""),
        (Rate(None, None, 8, True), ""),
    ],
)
def test_it_is_said_of_how_many_it_is_not_known(rate: Rate, said: str) -> None:
    assert unknown(WORDS, rate) == said


def test_three_ends_are_three_losses() -> None:
    lost = losses(WORDS, figures(38, 12, 6, 5))
    assert {name: lost[name][0] for name in ends(WORDS)} == {
        "Opgeroepen, weggebleven": 12,
        "Opgeroepen, aangehouden": 6,
        "Opgeroepen, uitkomst onbekend": 5,
    }
    assert all(of == 61 for name, (_, of) in lost.items() if name in ends(WORDS))
    hidden = losses(WORDS, figures(38, 12, None, None))
    assert [name for name in ends(WORDS) if name in hidden] == ["Opgeroepen, weggebleven"]


def test_the_page_for_the_alderman_has_a_column_for_it() -> None:
    known = {"action": 100, "action & known": 42, "action & !known": 17}
    page = report_data(WORDS, replace(figures(38, 12, 6, 5, **known)), "3Noord", Measures.load())
    assert page["heads"].index("Onbekend") == 3
    told = {row["name"]: row["unknown"] for row in page["rows"]}
    assert told["Gemeld, van wie opgeroepen was"] == "5"
    assert "17" in told.values()


async def test_a_coordinators_phone_tells_the_three_apart(house: House) -> None:
    outcomes = ["reported"] * 12 + ["absent"] * 7 + ["arrested"] * 6 + [None] * 9
    for number, outcome in enumerate(outcomes):
        ref = await house.case(first_name=f"P{number}")
        async with house.app.database.write() as connection:
            case = await house.case_on(connection, ref)
            case.reach.contacted("phone", "in", house.clock.now())
            case.course.confirm_date(house.today.replace(day=20), "worker")
            if outcome is not None:
                case.course.record_outcome(outcome)
            await house.stores.cases.save(connection, [case], house.clock.now(), house.settings.zone)
    femke = await house.joined(await house.member("coordinator", "provincie Groningen", "Femke"))
    await house.say(femke, "/monitor")
    text = femke.last.text
    assert "🚪 Gemeld 35 % (12 van 34 opgeroepen), onbekend 9" in text
    assert "🚷 Niet gemeld: weggebleven 7 · aangehouden 6 · onbekend 9" in text
    assert "doel" not in text
    assert "✅" not in text
