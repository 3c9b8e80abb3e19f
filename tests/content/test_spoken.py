"""What can be heard is what stands on the screen: each screen held against the words of its recording."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.upkeep.recordings import without_a_text
from conversations import roles
from conversations.content.audio import Audio
from conversations.content.content import Content
from conversations.effects.document import Document
from conversations.rules.checklist_rules import Situation
from conversations.screen import Screen
from conversations.self_reporter.phone.aloud import recordings
from conversations.self_reporter.phone.spoken import SILENT, spoken, words_to_speak
from conversations.self_reporter.phone.spoken_screens import SCREENS
from conversations.self_reporter.script import Line, Script
from conversations.turn import Turn
from conversations.words.wording import LANGUAGES, words_for
from storage.case.case_parts import Action
from storage.case.home_checks import CHECKS
from tests.counted import COUNTED
from tests.house import House
from tests.talk.test_proof_screens import Stage, a_stage, check_buttons
from tests.talk.walks import FAR, NEAR, Route
from tests.words.reading import catalogue

OGG = Path("somewhere.ogg")
CONTENT = Content(ZoneInfo("Europe/Amsterdam"))
ALL = {one.id: one for one in spoken(CONTENT)}
RECORDED = Audio({(language, text_id): OGG for language in LANGUAGES for text_id in ALL})

Before = Callable[[Turn], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the conversation, and what must be so before it can be shown; returns more of the place."""

    kind: str
    before: Before = lambda _turn: {}
    days_left: int | None = FAR


def _proposed(owner: str = "self", agreed: bool = True, due: int = 0) -> Before:
    def before(turn: Turn) -> dict[str, Any]:
        proposal = next(p for p in turn.content.checklist.proposals if p.owner == owner and p.domain != "health")
        day = turn.today + timedelta(days=due)
        action = turn.case.plan.propose(proposal.domain, owner, "before", proposal.text, day, proposal.id)
        if agreed:
            turn.case.plan.agree(action)
        return {"action": action.position, **_row(turn, "action_day", action)}

    return before


def _row(turn: Turn, kind: str, action: Action | None = None) -> dict[str, Any]:
    return {"id": turn.case.schedule.remind(kind, turn.today, time(10), turn.content.zone, action).id}


def _leaves(turn: Turn) -> dict[str, Any]:
    turn.case.person.answer("leave_at", "08:30", turn.now)
    return _row(turn, "eve")


def _hour_known(**more: Any) -> Before:
    def before(turn: Turn) -> dict[str, Any]:
        turn.case.person.answer("report_at", "09:00", turn.now)
        return _row(turn, "reporting_7") | more

    return before


def _early(before: Before, hours: int = 4) -> Before:
    """Return the same on the morning of the day, before the hour at which it is asked how it went."""

    def so_early(turn: Turn) -> dict[str, Any]:
        more = before(turn)
        turn.now -= timedelta(hours=hours)
        return more

    return so_early


def _inside(turn: Turn) -> dict[str, Any]:
    turn.case.course.record_outcome("reported")
    return {"id": "gone"}


def _asked_for_another_day(turn: Turn) -> dict[str, Any]:
    assert turn.case.course.ask_postponement(turn.today, "self")
    return {}


def _without_a_day(turn: Turn) -> dict[str, Any]:
    turn.case.course.withdraw_date()
    return {}


def _at_rest(turn: Turn) -> dict[str, Any]:
    turn.case.person.prefer(paused_until=turn.today + timedelta(days=7))
    return {}


def _at_night(turn: Turn) -> dict[str, Any]:
    turn.now += timedelta(hours=12)
    return {}


def _home_check(kind: str) -> Before:
    def before(turn: Turn) -> dict[str, Any]:
        turn.case.course.release(turn.today)
        turn.case.schedule.remind(kind, turn.today, time(10), turn.content.zone).state = "sent"
        return {}

    return before


def _always(**more: Any) -> Before:
    return lambda _turn: more


def places(content: Content) -> Iterator[Place]:
    """Yield every place that can be heard, in each of the shapes that say something else."""
    plain = {"intro", "call", "stopped", "consent", "papers", "wish_new", "sit_later", "sitting", "check_in"}
    plain |= {
        "list_moved",
        *("perhaps_free", "perhaps_out", "perhaps_day", "perhaps_quiet", "perhaps_else", "closed"),
        "home_again",
        "free",
        "missed_day",
        "paused",
        "menu",
        "more",
        "whose_phone",
        "reach",
        "reached",
        "human",
    }
    yield from map(Place, ("postpone", "postpone_looks", "postpone_refused"))
    yield Place("postpone", _asked_for_another_day)
    plain |= {"write", "overview", "times", "part", "my_data", "stop", "erase", "day_changed"}
    yield from map(Place, sorted(plain))
    yield from (Place(kind, _always(code="", municipality="Groningen")) for kind in ("other_letter", "other_year"))
    yield Place("other_asked", _always(municipality="Groningen"))
    for kind in CHECKS:
        yield Place("home_check", _home_check(kind))
        yield Place("home_checked", _always(of=kind))
    yield Place("plan")
    yield Place("plan", _proposed())
    yield Place("done_today")
    yield Place("done_today", _proposed())
    yield Place("proposal", _proposed(agreed=False))
    yield Place("proposal", _proposed("worker", agreed=False))
    yield Place("proposal", _proposed())
    yield from (Place(kind, _proposed()) for kind in ("other_day", "own", "deed", "reminder", "still_right", "later"))
    yield Place("deed", _proposed("worker"))
    yield Place("share", _proposed("casemanager"))
    yield Place("reminder", lambda turn: {"id": "gone"})
    yield Place("stuck")
    yield Place("stuck", _without_a_day)
    yield from (Place(kind, _at_night) for kind in ("stuck", "human"))
    yield Place("still_needed", lambda turn: {"left": [_proposed()(turn)["action"]]})
    yield Place("still_needed", lambda turn: {"left": [_proposed("worker")(turn)["action"]]})
    yield Place("day_stands", _always(id="date"))
    yield from (Place("reporting", _early(lambda turn: _row(turn, "reporting_7")), left) for left in (7, 1, 0))
    yield from (Place("reporting", _early(_leaves), left) for left in (1, 0))
    yield Place("reporting", _early(_leaves, 1), 0)
    yield Place("reporting", _always(id="gone"))
    yield Place("reporting", _inside)
    yield from (Place("reporting", _early(_hour_known()), left) for left in (7, 1, 0))
    yield from (Place("how_it_went", left, days) for left in (_always(), _hour_known()) for days in (0, -1))
    yield from (Place(kind, _always(), 0) for kind in ("day_there", "day_late", "day_home", "day_hour"))
    yield Place("report_other", lambda turn: _row(turn, "reporting_7"), 7)
    yield Place("leave_other", lambda turn: _row(turn, "eve"), 1)
    yield Place("leave_late", _hour_known(at="1000"), 1)
    yield Place("day_changed", _without_a_day)
    yield Place("times", _at_rest)
    yield Place("hour", _always(part="all"))
    yield Place("pin_menu", _always(back={"kind": "menu"}))
    yield from (Place(kind, _always(back={"kind": "menu"}, first="1234")) for kind in ("pin_new", "pin_again"))
    yield from (Place("look_back", _always(at=at)) for at in range(4))
    for one in content.crisis.helps:
        yield Place("crisis", _always(id=one.id))
    for measure in content.measures.measures:
        yield Place("fits", _always(code=measure.id))
    for question in content.checklist.questions:
        if question.asks != "worker":
            yield Place("question", _always(id=question.id))
            yield Place("explain", _always(id=question.id))
    # Before the first question of a part of life something may be said.
    for domain in content.checklist.domains:
        if domain.intro:
            first = next(q for q in content.checklist.questions if q.domain == domain.id and q.asks == "everybody")
            yield Place("question", _always(id=first.id))
    yield Place("confirm_date", _always(id="date", day="2027-03-09"))
    yield Place("perhaps_sure", _always(day="2027-03-09"))


def a_turn(stage: Stage, place: Place, language: str, shared: bool | None = False) -> Turn:
    route = Route("money", Situation(place.days_left, own_phone=True))
    turn = stage.turn(route, {}, {"kind": place.kind}, language)
    turn.case.person.say_phone_is_shared(shared)
    turn.chat.place |= place.before(turn)
    turn.content = replace(turn.content, audio=RECORDED)
    return turn


def literal(turn: Turn, line: Line) -> list[str]:
    """Return what stands in a text between the names, days and numbers of somebody."""
    found = turn.words.raw(line) if isinstance(line, str) else turn.words.raw(line[1], line[0])
    return [part for part in re.split(r"\{\w+\}", found) if part.strip()]


def check(turn: Turn, screen: Screen, ids: tuple[str, ...]) -> None:
    """What the recordings say stands on the screen, and what they say can be tapped can be."""
    labels = [button.label for row in screen.rows for button in row]
    pages = turn.words.text("➡️ More answers") in labels
    for one in (ALL[text_id] for text_id in ids):
        # Why an action helps stands with its proposal.
        lines = one.lines[:1] if one.id.startswith("action.") and turn.place["kind"] != "proposal" else one.lines
        for part in (part for line in lines for part in literal(turn, line)):
            assert part in screen.text, one.id
        for choice in one.choices if not pages else ():
            assert any(all(p in label for p in literal(turn, choice.label)) for label in labels), (
                one.id,
                choice,
                labels,
            )


async def test_what_is_spoken_stands_on_the_screen_and_the_button_to_hear_it_works(
    house: House, record_property: Callable[[str, object], None], caplog: pytest.LogCaptureFixture
) -> None:
    heard: Counter[str] = Counter()
    async with a_stage(house) as stage:
        for place in places(CONTENT):
            for language in LANGUAGES:
                turn = a_turn(stage, place, language)
                screen = await stage.router.screen(turn)
                check_buttons(stage, screen, roles.self_reporter)
                ids = screen.spoken
                assert ids, place
                assert set(ids) <= set(ALL), place
                heard.update(ids)
                check(turn, screen, ids)
                row = next(row for row in screen.rows if any(button.verb == "aloud" for button in row))
                assert len(row) == 1
                assert screen.rows.index(row) >= len(screen.rows) - 2
                await roles.self_reporter.taps["aloud"](turn, "")
                assert [document.file_name for document in turn.decided(Document)] == ["luister.ogg"] * len(ids)
                assert not turn.moved
    record_property(
        COUNTED, f"{len(ALL)} texts can be recorded; {len(heard)} were heard on {sum(heard.values())} screens"
    )
    # Each text got a value for every name in it.
    assert "cannot be filled" not in caplog.text
    # Every recording that somebody makes is heard somewhere.
    actions = {i for i in ALL if i.startswith("action.")}
    # (How it works stands above a screen: the next test.)
    assert set(ALL) - actions - {"screen.help"} == set(heard) - actions
    assert actions & set(heard)


async def test_how_it_works_is_heard_before_the_screen_below_it(house: House) -> None:
    async with a_stage(house) as stage:
        turn = a_turn(stage, Place("intro"), "nl")
        await roles.self_reporter.commands["help"](turn, "")
        check(turn, await stage.router.screen(turn), ("screen.help", "screen.intro"))
        await roles.self_reporter.taps["aloud"](turn, "")
        assert len(turn.decided(Document)) == 2
        # The next remark has no recording of its own.
        turn.remark("Nothing.")
        assert "heard" not in turn.place


@pytest.mark.parametrize("shared", [True, None])
async def test_on_a_phone_that_others_use_or_may_use_nothing_offers_to_be_heard(
    house: House, shared: bool | None
) -> None:
    async with a_stage(house) as stage:
        for place in places(CONTENT):
            turn = a_turn(stage, place, "nl", shared)
            screen = await stage.router.screen(turn)
            assert not any(button.verb == "aloud" for row in screen.rows for button in row)
            await roles.self_reporter.taps["aloud"](turn, "")
            assert turn.decided(Document) == []


async def test_a_colleague_hears_nothing(house: House) -> None:
    async with a_stage(house) as stage:
        turn = stage.turn(Route("money", Situation(NEAR, by_worker=True)), {}, {"kind": "menu"}, "nl")
        turn.content = replace(turn.content, audio=RECORDED)
        assert recordings(turn, Screen("", (), ("screen.menu",))) == []


def test_every_place_can_be_heard_or_stays_silent_for_a_reason() -> None:
    shown = {place.kind for place in places(CONTENT)}
    assert set(roles.self_reporter.screens) == shown | set(SILENT)
    assert not shown & set(SILENT)


def scripts(module: ModuleType) -> Iterator[Script]:
    """Yield the scripts that stand in a file, also those that it has by name."""
    for value in vars(module).values():
        yield from (one for one in (value.values() if isinstance(value, dict) else [value]) if isinstance(one, Script))


def test_every_script_that_stands_with_a_screen_can_be_recorded() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("conversations.")]
    written = {one.id for module in modules for one in scripts(module)}
    assert written == {one.id for one in SCREENS}


def test_every_text_has_an_id_of_its_own_and_words_in_every_catalogue() -> None:
    everything = [one.id for one in spoken(CONTENT)]
    assert len(everything) == len(set(everything))
    for one in SCREENS:
        for line in (*one.lines, *(choice.label for choice in one.choices)):
            assert isinstance(line, str)
            for language in LANGUAGES:
                assert catalogue(language).get(line) is not None, (one.id, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_spoken_reads_like_speech(language: str) -> None:
    words = words_for(language, CONTENT.zone)
    for one in spoken(CONTENT):
        said = words_to_speak(words, CONTENT, one)
        assert said
        assert not re.search(r"[{}<>\n]|\.\.|  ", said), (one.id, said)
        assert said[-1] in ".!?”", (one.id, said)


def test_a_name_and_a_number_are_spoken_as_what_stands_on_the_screen() -> None:
    words = words_for("nl", CONTENT.zone)
    assert words_to_speak(words, CONTENT, ALL["screen.stuck"]) == (
        "Goed dat je het zegt. Bel je helper: het nummer dat op je scherm staat. "
        "Samen zoeken jullie een oplossing. Je kunt kiezen: Schrijf een bericht. Verder."
    )


def test_a_recording_that_no_text_has_is_found() -> None:
    audio = Audio({("nl", "letter"): OGG, ("nl", "lettre"): OGG, ("xx", "letter"): OGG})
    assert without_a_text(replace(CONTENT, audio=audio)) == ["nl/lettre", "xx/letter"]
