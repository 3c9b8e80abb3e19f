"""The proof of the screens: every question of every walk is shown by the real conversations, in every language.

All of it is recorded: on a phone that nobody else uses each screen can be heard, and on another phone none.

On each screen the ways around are there, every button is signed within Telegram's limit and does what it says, and
what it leads to can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.lookups.lookups import Lookups
from bot.rounds.loaded import Room
from conversations import roles
from conversations.buttons import DATA_BYTES, LAST_SCREEN, Buttons
from conversations.content.audio import Audio
from conversations.content.checklist.model import UNKNOWN, UNSAID, Checklist, Question
from conversations.content.content import Content
from conversations.registry import Conversation
from conversations.router import Router
from conversations.rules import checklist_rules
from conversations.screen import Button, Screen
from conversations.self_reporter.phone.spoken import spoken
from conversations.turn import Turn
from conversations.words.fitting import LONGEST, length
from conversations.words.wording import LANGUAGES, words_for
from storage.case.case import Case
from storage.case.phases import BEFORE
from storage.people.staff import Member
from storage.scope import Actor
from tests.counted import COUNTED
from tests.house import House
from tests.talk.walks import NEAR, Route, choices, routes, truths, turning_points, walk

# What a phone of 360 points wide shows of a button over the whole width, and of one of two beside each other.
LONGEST_LABEL, LONGEST_HALF = 38, 26


# A question on a route, with what was answered before it.
Moment = tuple[Route, Question, checklist_rules.Answers]


@dataclass(slots=True)
class Seen:
    """What was shown and tapped."""

    screens: int = 0
    buttons: int = 0
    taps: Counter[str] = field(default_factory=Counter)
    questions: set[str] = field(default_factory=set)


class Stage:
    """One person, one worker and one conversation, set up for any moment of a walk."""

    def __init__(self, house: House, room: Room, case: Case, member: Member) -> None:
        content: Content = house.app.rounds.content
        recorded = {(language, one.id): Path("heard.ogg") for language in LANGUAGES for one in spoken(content)}
        self.content = replace(content, audio=Audio(recorded))
        self.checklist = self.content.checklist
        self.buttons = Buttons(house.stores.vault)
        self.router = Router(self.buttons)
        self.room, self.case, self.member = room, case, member
        self.house, self.today = house, house.today

    def at(self, moment: Moment, place: dict[str, Any], language: str) -> Turn:
        """Return a fresh turn at a place of a moment."""
        route, _, before = moment
        return self.turn(route, before, dict(place), language)

    def turn(self, route: Route, answers: checklist_rules.Answers, place: dict[str, Any], language: str) -> Turn:
        """Return a turn at a place, with these answers given in this situation."""
        known = self.case
        case = Case(known.id, known.ref, known.municipality, known.province, known.added_at, known.identity)
        chat = self.house.stores.chats.new(7, self.room.now)
        case.answers, case.prison = dict(answers), known.prison
        case.shares_phone = not route.situation.own_phone
        if route.situation.days_left is not None:
            case.reporting_date = self.today + timedelta(days=route.situation.days_left)
            case.course.confirm_date(case.reporting_date, "self")
        case.joined_at = None if route.situation.by_worker else self.room.now
        case.person.consent("channel", True, self.room.now, "1")
        case.worker = self.member.id
        chat.place, chat.language = place, language
        member, actor = None, Actor("self_reporter", case.id)
        if route.situation.by_worker:
            member, actor = self.member, Actor("worker", self.member.id, self.member.area)
        words = words_for(language, self.content.zone)
        lookups = Lookups(self.room, self.content)
        return Turn(self.room.now, chat, actor, self.content, lookups, words, case, member, self.member)


@asynccontextmanager
async def a_stage(house: House) -> AsyncIterator[Stage]:
    member = await house.member()
    case = await house.load(await house.case())
    async with house.app.database.read() as connection:
        yield Stage(house, Room(house.stores, connection, house.clock.now()), case, member)


@cache
def moments() -> list[Moment]:
    """Return each question once for each kind of route and phone, first and later, with what was answered before."""
    found: dict[tuple[object, ...], Moment] = {}
    checklist = Checklist.load()
    for route in routes(checklist):
        if route.wish not in ("money", "other", UNSAID):
            continue
        for point in turning_points(checklist):
            for choice in truths(checklist, point):
                way = walk(checklist, route, {"wish": route.wish, point.id: choice})
                for at, question in enumerate(way.asked):
                    near = route.situation.days_left == NEAR
                    key = question.id, near, route.situation.own_phone, route.situation.by_worker, at > 0
                    if key not in found:
                        before = {q.id: way.answers[q.id] for q in way.asked[:at]}
                        found[key] = route, question, before
    return list(found.values())


def places(stage: Stage, route: Route, question: Question) -> list[dict[str, Any]]:
    """Return the screens of a question: itself, its other pages, some of several picked, and its explanation."""
    if route.situation.by_worker:
        shown: list[dict[str, Any]] = [{"kind": "together", "ref": stage.case.ref}]
    else:
        shown = [{"kind": "question", "id": question.id}, {"kind": "explain", "id": question.id}]
        if len(question.options) > 5 and question.kind == "choice":
            shown.append(shown[0] | {"page": 1})
    if question.kind == "several":
        shown.append(shown[0] | {"picked": [question.options[-1].id]})
    return shown


def verbs(screen: Screen) -> set[str]:
    return {button.verb for row in screen.rows for button in row}


def check_buttons(stage: Stage, screen: Screen, conversation: Conversation) -> None:
    for row in screen.rows:
        for button in row:
            assert button.verb in conversation.taps, button
            assert len(stage.buttons.data("1" * 32, button, LAST_SCREEN).encode()) <= DATA_BYTES
            assert len(button.label) <= (LONGEST_LABEL if len(row) == 1 else LONGEST_HALF), button.label


def check_around(stage: Stage, turn: Turn, screen: Screen, question: Question) -> None:
    """Back, an explanation and a human stand on the screen; help, stop, pause and messages are one command away."""
    assert "human" in verbs(screen)
    assert ("aloud" in verbs(screen)) == (turn.case.shares_phone is False)
    assert {"help", "stop", "pauze", "bericht"} <= set(roles.self_reporter.commands)
    if turn.place["kind"] == "explain":
        assert "question" in verbs(screen)
        return
    assert "explain" in verbs(screen)
    situation = checklist_rules.situation_of(turn.case, turn.today)
    before = checklist_rules.previous_question(stage.checklist, turn.case.answers, situation, question.id)
    assert ("back" in verbs(screen)) == (before is not None)
    said = {b.args.partition("/")[2] for row in screen.rows for b in row if b.verb == "answer"}
    assert {UNKNOWN, UNSAID} <= said


async def press(stage: Stage, route: Route, turn: Turn, button: Button) -> Screen:
    """Do what a button says, and show where that leads."""
    conversation = roles.worker if route.situation.by_worker else roles.self_reporter
    await conversation.taps[button.verb](turn, button.args)
    return await stage.router.screen(turn)


async def test_every_screen_of_every_walk_holds_what_it_must_and_every_button_works(
    house: House, record_property: Callable[[str, object], None]
) -> None:
    seen = {"self_reporter": Seen(), "worker": Seen()}
    async with a_stage(house) as stage:
        for moment in moments():
            route, question, _ = moment
            role = "worker" if route.situation.by_worker else "self_reporter"
            conversation = roles.worker if role == "worker" else roles.self_reporter
            count = seen[role]
            count.questions.add(question.id)
            for place in places(stage, route, question):
                for language in LANGUAGES:
                    turn = stage.at(moment, place, language)
                    screen = await stage.router.screen(turn)
                    assert turn.place["kind"] == place["kind"]
                    assert 0 < length(screen.text) <= LONGEST
                    assert "{" not in screen.text
                    check_buttons(stage, screen, conversation)
                    if role == "self_reporter":
                        check_around(stage, turn, screen, question)
                    count.screens += 1
                    for row in screen.rows:
                        for button in row:
                            count.buttons += 1
                            count.taps[button.verb] += 1
                            if language == LANGUAGES[0]:
                                after = await press(stage, route, stage.at(moment, place, language), button)
                                assert after.text
                                check_buttons(stage, after, conversation)
        everything = {q.id for q in stage.checklist.questions if set(q.phases) & set(BEFORE)}
        assert seen["worker"].questions == everything
        assert (
            seen["self_reporter"].questions
            == {q.id for q in stage.checklist.questions if q.asks != "worker"} & everything
        )
    for role, count in seen.items():
        taps = ", ".join(f"{verb} {n}" for verb, n in count.taps.most_common())
        record_property(
            COUNTED,
            f"{role}: {len(count.questions)} questions, {count.screens} screens, {count.buttons} buttons ({taps})",
        )
    assert seen["self_reporter"].screens > 1000
    assert seen["worker"].screens > 200


async def test_a_tap_on_every_option_is_kept_as_what_it_says(house: House) -> None:
    kept = 0
    async with a_stage(house) as stage:
        for route, question, before in moments():
            if route.situation.by_worker or question.kind in ("date", "several"):
                continue
            for choice in choices(stage.checklist, question):
                turn = stage.turn(route, before, {"kind": "question", "id": question.id}, LANGUAGES[0])
                await roles.self_reporter.taps["answer"](turn, f"{question.id}/{choice}")
                assert turn.case.person.answer_to(question.id) == choice
                kept += 1
    assert kept > 1000


@pytest.mark.parametrize("human", [False, True])
async def test_several_answers_are_ticked_one_by_one_and_kept_together(house: House, human: bool) -> None:
    async with a_stage(house) as stage:
        found = next(
            (route, question, before)
            for route, question, before in moments()
            if question.kind == "several" and route.situation.by_worker is human
        )
        route, question, before = found
        place = places(stage, route, question)[0]
        turn = stage.turn(route, before, place, "nl")
        for label in ("🏠 Huurtoeslag", "💊 Zorgtoeslag", "🏠 Huurtoeslag", "👶 Kindgebonden budget"):
            screen = await stage.router.screen(turn)
            button = next(b for row in screen.rows for b in row if b.label.endswith(label))
            screen = await press(stage, route, turn, button)
            assert question.id not in (turn.case.answers if turn.case else {})
        ticked = [b.label for row in screen.rows for b in row if b.label.startswith("☑️")]
        assert ticked == ["☑️ 💊 Zorgtoeslag", "☑️ 👶 Kindgebonden budget"]
        assert not any(b.label == "✅ Nee" for row in screen.rows for b in row)
        await press(stage, route, turn, next(b for row in screen.rows for b in row if b.label == "✅ Klaar"))
        assert turn.case.person.answer_to(question.id) == ["care", "kgb"]
