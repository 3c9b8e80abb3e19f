"""A batch, by itself: what came of a row, whether its lane goes on, and what who helps hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.batch import Batch
from storage.people.chats import Standing
from storage.queues.outbox import MESSAGES, Outgoing

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHAT = Standing("c", "nl", 12, 15, None)
SECOND = timedelta(seconds=1)
# Seconds until the next try, how long is tried at most, and why a row waits or does not leave.
BACKOFF, GIVE_UP = (1, 2, 5, 15, 60, 300), timedelta(hours=24)
UNANSWERED, NOT_MADE = "no answer", "not made"


def row(kind: str = "notice", key: str = "reminder:1", attempts: int = 0, **facts: object) -> Outgoing:
    values: dict[str, object] = {"made_at": NOW, "seq": 7} | facts
    return Outgoing("c", kind, {"to": 42}, key, attempts=attempts, **values)  # type: ignore[arg-type]


def test_what_arrived_is_sent_and_so_is_its_reminder() -> None:
    batch = Batch()
    assert batch.arrived(row())
    assert batch.finished == [(7, "sent", None)]
    assert batch.settled == [("reminder:1", "sent", None)]
    assert batch.arrived(row(key="message:1"))
    assert batch.settled == [("reminder:1", "sent", None)], "what is no reminder stands in no ledger"
    assert batch.undelivered == []


def test_what_is_no_longer_wanted_goes_to_the_worker_only_where_nobody_gets_it() -> None:
    batch = Batch()
    assert batch.drop(row(), "cancelled", handed=False)
    assert batch.settled == []
    assert batch.drop(row(), "no chat", handed=True)
    assert batch.finished == [(7, "dropped", "cancelled"), (7, "dropped", "no chat")]
    assert batch.settled == [("reminder:1", "handed_to_worker", "no chat")]


def test_what_nobody_can_read_is_set_aside_and_its_reminder_goes_to_the_worker() -> None:
    batch, damaged = Batch(), row()
    assert batch.set_aside(damaged)
    assert batch.damaged == [damaged]
    assert batch.settled == [("reminder:1", "handed_to_worker", "damaged")]


def test_what_waits_for_its_hour_has_not_been_tried_and_keeps_why_it_waits() -> None:
    batch, morning = Batch(), NOW + timedelta(hours=9)
    batch.hold(row(attempts=3), morning)
    batch.hold(row(reason=UNANSWERED), morning)
    assert batch.later == [(7, 0, morning, "night"), (7, 0, morning, UNANSWERED)]


@pytest.mark.parametrize(("attempts", "seconds"), [*enumerate(BACKOFF), (6, 300), (40, 300)])
def test_what_fails_is_tried_again_after_longer_each_time(attempts: int, seconds: int) -> None:
    batch = Batch()
    assert not batch.again(row(attempts=attempts), NOW, "500")
    assert batch.later == [(7, attempts + 1, NOW + seconds * SECOND, "500")]


def test_what_telegram_asks_to_wait_for_is_no_try() -> None:
    batch = Batch()
    assert not batch.again(row(attempts=2), NOW, "429", 77 * SECOND)
    assert batch.later == [(7, 2, NOW + 77 * SECOND, "429")]


def test_what_may_have_arrived_already_stays_so_whatever_goes_wrong_later() -> None:
    batch = Batch()
    batch.again(row(reason=UNANSWERED), NOW, "500")
    batch.again(row(reason="429"), NOW, "500")
    assert [why for *_, why in batch.later] == [UNANSWERED, "500"]


def test_an_answer_to_a_tap_is_never_tried_again() -> None:
    batch = Batch()
    assert batch.again(row("answer", "tap"), NOW, "500")
    assert (batch.finished, batch.later) == ([(7, "failed", "500")], [])
    assert batch.unanswered(row("answer", "tap"), NOW)
    assert (batch.finished[1:], batch.undelivered) == ([(7, "uncertain", UNANSWERED)], [])


def test_what_could_not_leave_for_a_day_is_given_up_and_who_helps_hears_it() -> None:
    batch = Batch()
    assert not batch.again(row(made_at=NOW - GIVE_UP), NOW, "500")
    assert not batch.again(row(made_at=None), NOW, "500")
    assert batch.undelivered == []
    assert batch.again(row(made_at=NOW - GIVE_UP - SECOND), NOW, "500")
    assert batch.finished == [(7, "failed", "500")]
    assert batch.settled == [("reminder:1", "handed_to_worker", "500")]
    assert batch.undelivered == [(42, "refused")]


def test_a_reminder_that_would_come_a_day_late_is_given_up_at_once_and_a_message_is_not() -> None:
    batch, made = Batch(), NOW - timedelta(hours=20)
    assert not batch.again(row(made_at=made), NOW, "429", timedelta(hours=4))
    assert not batch.again(row(made_at=None), NOW, "429", timedelta(hours=30))
    assert not batch.again(row(key="message:1", made_at=made), NOW, "429", timedelta(hours=5))
    assert not batch.again(row(made_at=made), NOW, "500")
    assert batch.again(row(made_at=made), NOW, "429", timedelta(hours=4) + SECOND)
    assert (batch.finished, batch.undelivered) == ([(7, "failed", "429")], [(42, "refused")])


@pytest.mark.parametrize("kind", MESSAGES[1:])
def test_a_message_without_an_answer_is_sent_once_more_and_no_further(kind: str) -> None:
    batch = Batch()
    assert not batch.unanswered(row(kind, attempts=1), NOW)
    assert not batch.unanswered(row(kind, attempts=1, reason="500"), NOW)
    assert batch.later == [(7, 2, NOW + 2 * SECOND, UNANSWERED)] * 2
    assert batch.unanswered(row(kind, reason=UNANSWERED), NOW)
    assert batch.finished == [(7, "uncertain", UNANSWERED)]
    assert batch.settled == [("reminder:1", "sent", "not confirmed")]


@pytest.mark.parametrize("kind", ["screen", "fold", "clear"])
def test_an_edit_without_an_answer_is_simply_repeated(kind: str) -> None:
    batch = Batch()
    assert not batch.unanswered(row(kind, "x", reason=UNANSWERED), NOW)
    assert (batch.finished, batch.later) == ([], [(7, 1, NOW + SECOND, UNANSWERED)])


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_that_is_refused_fails_and_who_helps_hears_it(kind: str) -> None:
    batch = Batch()
    assert batch.refused(row(kind), CHAT)
    assert batch.finished == [(7, "failed", "refused")]
    assert batch.settled == [("reminder:1", "handed_to_worker", "refused")]
    assert (batch.undelivered, batch.screens) == ([(42, "refused")], [])


def test_tidying_that_is_refused_is_done_and_nobody_hears_of_it() -> None:
    batch = Batch()
    assert batch.refused(row("delete", "x"), CHAT)
    assert batch.refused(row("fold", "x"), None)
    assert (batch.finished, batch.screens, batch.undelivered) == ([(7, "sent", None)] * 2, [], [])
    # A fold is noted: the screen is as quiet as it will be.
    assert batch.refused(row("fold", "x"), CHAT)
    assert batch.refused(row("fold", "x"), Standing("c", "nl", None, 15, None))
    assert batch.screens == [("c", 12, True), ("c", 0, True)]


def test_a_document_that_could_not_be_made_is_told_as_that() -> None:
    batch = Batch()
    assert batch.fail(row("document", "x"), NOT_MADE)
    assert (batch.finished, batch.undelivered) == ([(7, "failed", NOT_MADE)], [(42, "not_made")])


def test_of_what_is_no_message_or_in_nobodys_chat_who_helps_hears_nothing() -> None:
    batch, nobodys = Batch(), row("notice", "x")
    nobodys.chat_id = ""
    assert batch.fail(row("menu", "x"), "500")
    assert batch.fail(nobodys, "500")
    assert not batch.gone(row("menu", "x"), "blocked")
    assert not batch.gone(nobodys, "blocked")
    assert (batch.undelivered, batch.closed) == ([], [])
    assert batch.finished == [(7, "failed", "500")] * 2 + [(7, "failed", "blocked")] * 2


def test_a_chat_in_which_nobody_is_any_more_is_closed_and_who_helps_hears_it() -> None:
    batch = Batch()
    assert not batch.gone(row(), "blocked")
    assert batch.finished == [(7, "failed", "blocked")]
    assert batch.settled == [("reminder:1", "handed_to_worker", "blocked")]
    assert (batch.closed, batch.undelivered) == (["c"], [(42, "unreachable")])
