"""A reminder of an action: what it says, and what follows from done, not yet, later and help."""

from __future__ import annotations

import pytest

from conversations.reminders.kinds import KINDS
from conversations.screen import Screen
from storage.case.case_parts import Action, Reminder
from tests.reminders.stage import DAY, HOUR, NOW, TODAY, Stage, shown, tapped, told


def opened(stage: Stage, due_in: int = 0, when: str = "before") -> tuple[Action, Reminder]:
    """Return an action and its reminder, whose screen stands in the chat."""
    action = stage.action(due_in, when=when)
    row = stage.row("action_day", action)
    row.state = "sent"
    stage.chat.place = {"kind": "reminder", "id": row.id}
    return action, row


def buttons(screen: Screen) -> list[tuple[str, str, str]]:
    return [(button.label, button.verb, button.args) for row in screen.rows for button in row]


@pytest.mark.parametrize(
    ("due_in", "opening"),
    [
        (0, "You agreed to do this today:"),
        (2, "You agreed to do this on Thursday 26 November:"),
        (-1, "You agreed to do this:"),
    ],
)
async def test_it_says_what_was_agreed_and_when_and_asks_how_it_goes(stage: Stage, due_in: int, opening: str) -> None:
    _, row = opened(stage, due_in)
    screen = await shown(stage.turn())
    assert screen.text.startswith(f"{opening}\n\n📌 Call my boss\n\nHow is it going?")
    assert buttons(screen)[:4] == [
        ("✅ Done", "did", row.id),
        ("⏳ Not yet", "not_yet", row.id),
        ("🙋 I need help", "stuck", row.id),
        ("🕑 Later", "later", row.id),
    ]
    assert screen.spoken is not None
    assert screen.spoken[-1] == "screen.reminder"


@pytest.mark.parametrize("gone", ["row", "action", "day", "status"])
async def test_what_is_settled_is_said_to_be_so(stage: Stage, gone: str) -> None:
    action, row = opened(stage)
    if gone == "row":
        stage.chat.place = {"kind": "reminder", "id": "gone"}
    elif gone == "action":
        row.action_id = None
    elif gone == "day":
        action.due = None
    else:
        action.status = "declined"
    screen = await shown(stage.turn())
    assert screen.text == "✅ This is settled."
    assert buttons(screen)[0] == ("▶️ Go on", "next_due", "")
    assert screen.spoken == ("screen.settled",)


@pytest.mark.parametrize(
    ("kind", "due_in", "late"),
    [
        ("action_before", 1, None),
        ("action_before", 0, "too late"),
        ("action_day", 0, None),
        ("action_day", -3, None),  # it is asked also after its day
    ],
)
def test_the_day_before_is_too_late_on_the_day_and_the_day_never(
    stage: Stage, kind: str, due_in: int, late: str | None
) -> None:
    row = stage.row(kind, stage.action(due_in))
    assert KINDS[kind].late(stage.turn(), row) == late


@pytest.mark.parametrize("gone", ["no action", "declined", "no day"])
def test_what_stands_in_the_plan_no_longer_is_not_asked(stage: Stage, gone: str) -> None:
    action = stage.action(None if gone == "no day" else 0)
    row = stage.row("action_day", action)
    if gone == "no action":
        row.action_id = None
    elif gone == "declined":
        action.status = "declined"
    assert KINDS["action_day"].late(stage.turn(), row) == "no longer in the plan"


def test_inside_only_what_is_for_inside_or_afterwards_is_asked(stage: Stage) -> None:
    before, after = stage.action(0), stage.action(0, when="after")
    rows = stage.row("action_day", before), stage.row("action_day", after)
    stage.case.course.record_outcome("arrested", TODAY)
    late = KINDS["action_day"].late
    assert [late(stage.turn(), row) for row in rows] == ["inside now", None]


async def test_done_is_kept_with_its_day_and_nothing_more_is_asked_of_it(stage: Stage) -> None:
    action, row = opened(stage)
    other = stage.row("action_day", action, day_in=1)
    turn = stage.turn()
    await tapped(turn, "did", row.id)
    assert (action.status, action.settled_on) == ("done", TODAY)
    assert (other.state, other.reason) == ("cancelled", "done")
    assert turn.toast == "✅ Well done!"
    assert turn.moved


async def test_not_yet_is_counted_and_asked_again_tomorrow(stage: Stage) -> None:
    action, row = opened(stage)
    turn = stage.turn()
    await tapped(turn, "not_yet", row.id)
    assert action.not_yet == 1
    assert stage.planned("action_day") == [("action_day", 1, "10:00")]
    assert turn.toast == "That is all right. I ask again later."
    assert turn.place["kind"] not in ("reminder", "still_right")
    await tapped(stage.turn(), "not_yet", row.id)
    assert action.not_yet == 2
    assert stage.planned("action_day") == [("action_day", 1, "10:00")]  # once a day


async def test_another_action_that_is_planned_does_not_keep_this_one_from_being_asked(stage: Stage) -> None:
    stage.row("action_day", stage.action(1), day_in=1)
    _, row = opened(stage)
    await tapped(stage.turn(), "not_yet", row.id)
    assert stage.planned("action_day") == [("action_day", 1, "10:00"), ("action_day", 1, "10:00")]


async def test_the_third_not_yet_asks_whether_it_still_is_the_right_thing(stage: Stage) -> None:
    action, row = opened(stage)
    action.not_yet = 2
    turn = stage.turn()
    await tapped(turn, "not_yet", row.id)
    assert (action.not_yet, stage.planned("action_day"), turn.toast) == (3, [], None)
    assert turn.place == {"kind": "still_right", "action": action.position}
    screen = await shown(turn)
    assert screen.text == "📌 Call my boss\n\nThis is still open. That happens to many people. Does it still fit you?"
    at = str(action.position)
    assert buttons(screen)[:4] == [
        ("👍 Yes, on another day", "other_day", at),
        ("✏️ I do it in another way", "own", at),
        ("🙌 You do this for me", "for_us", at),
        ("🗑 Take it away", "deed_away", at),
    ]
    assert screen.spoken is not None
    assert screen.spoken[-1] == "screen.still_right"


@pytest.mark.parametrize("gone", ["declined", "gone"])
async def test_of_an_action_that_went_nothing_is_asked(stage: Stage, gone: str) -> None:
    action, row = opened(stage)
    action.status = "declined"
    for place in (
        {"kind": "still_right", "action": action.position if gone == "declined" else 99},
        {"kind": "later", "id": row.id},
    ):
        stage.chat.place = place
        screen = await shown(stage.turn())
        assert "Call my boss" not in screen.text
    for button in ("did", "not_yet"):
        turn = stage.turn()
        await tapped(turn, button, row.id)
        assert (action.status, action.not_yet, turn.toast) == ("declined", 0, None)
        assert turn.moved


@pytest.mark.parametrize(
    ("when", "day_in", "asked"),
    [
        ("before", 2, True),
        ("before", 1, False),  # on the day itself it is too late
        ("after", 1, True),
    ],
)
async def test_what_comes_before_the_day_is_not_asked_on_it(stage: Stage, when: str, day_in: int, asked: bool) -> None:
    stage.case.course.confirm_date(TODAY + day_in * DAY, "self")
    _, row = opened(stage, when=when)
    await tapped(stage.turn(), "not_yet", row.id)
    assert bool(stage.planned("action_day")) is asked


async def test_later_offers_today_while_there_is_time(stage: Stage) -> None:
    action, row = opened(stage)
    turn = stage.turn()
    await tapped(turn, "later", row.id)
    assert turn.place == {"kind": "later", "id": row.id}
    screen = await shown(turn)
    assert screen.text == "📌 Call my boss\n\nWhen may I ask again?"
    assert buttons(screen)[:3] == [
        ("🕑 Later today", "later_on", "today"),
        ("📅 Tomorrow", "later_on", "tomorrow"),
        ("📅 Another day", "other_day", str(action.position)),
    ]
    assert screen.spoken is not None
    assert screen.spoken[-1] == "screen.later"
    late = await shown(stage.turn(NOW + 9 * HOUR))
    assert buttons(late)[0] == ("📅 Tomorrow", "later_on", "tomorrow")


@pytest.mark.parametrize(
    ("said", "hours", "planned"),
    [
        ("today", 0, ("action_day", 0, "12:00")),
        ("tomorrow", 0, ("action_day", 1, "10:00")),
        ("today", 9, ("action_day", 1, "10:00")),  # the evening came meanwhile
    ],
)
async def test_later_is_asked_then(stage: Stage, said: str, hours: int, planned: tuple[str, int, str]) -> None:
    _, row = opened(stage)
    stage.chat.place = {"kind": "later", "id": row.id}
    turn = stage.turn(NOW + hours * HOUR)
    await tapped(turn, "later_on", said)
    assert stage.planned("action_day") == [planned]
    assert turn.toast == "That is all right. I ask again later."
    assert turn.place["kind"] != "later"


async def test_later_said_from_another_place_plans_nothing(stage: Stage) -> None:
    opened(stage)
    stage.chat.place = {"kind": "home"}
    turn = stage.turn()
    await tapped(turn, "later_on", "today")
    assert (stage.planned("action_day"), turn.toast) == ([], None)
    assert turn.moved


async def test_who_is_stuck_is_heard_by_a_human_at_once_with_what_it_is_about(stage: Stage) -> None:
    _, row = opened(stage)
    stage.case.reminders[-1].action_id = stage.action(0, text="Ask <Jan> & co").id
    turn = stage.turn()
    await tapped(turn, "stuck", row.id)
    assert turn.place == {"kind": "stuck"}
    assert [to for to, _, _ in told(turn)] == ["m1"]
    assert [(m.sender, m.kind, m.text) for m in stage.case.messages] == [("self_reporter", "help", "Ask <Jan> & co")]
    screen = await shown(turn)
    assert screen.text.startswith("Good that you say it. Call Anneke now:\n")
    assert buttons(screen)[:2] == [("✍️ Write a message", "write", ""), ("▶️ Go on", "next_due", "")]
    assert screen.spoken == ("screen.stuck",)


async def test_who_is_stuck_with_what_is_gone_is_heard_without_it(stage: Stage) -> None:
    turn = stage.turn()
    await tapped(turn, "stuck", "gone")
    assert [(m.kind, m.text) for m in stage.case.messages] == [("help", "")]


async def test_who_is_stuck_is_told_that_the_day_in_the_letter_stands(stage: Stage) -> None:
    stage.chat.place = {"kind": "stuck"}
    stage.case.course.list_date(TODAY + 5 * DAY)
    assert "The day in your letter stands." not in (await shown(stage.turn())).text
    stage.case.course.confirm_date(TODAY + 5 * DAY, "self")
    screen = await shown(stage.turn())
    assert screen.text.endswith("\n\nThe day in your letter stands.")
    assert screen.spoken == ("screen.stuck", "screen.letter_stands")
    stage.case.course.record_outcome("reported")
    assert "The day in your letter stands." not in (await shown(stage.turn())).text
