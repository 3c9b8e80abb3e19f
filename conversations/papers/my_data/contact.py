"""Contact: what was said and sent, each yes and no, reminders, words about the help, what still waits."""

from __future__ import annotations

from conversations.papers.my_data.page import Line, Page, Section, line, own
from conversations.self_reporter.phrases import helper
from conversations.words.message_words import words_of as message_of
from conversations.words.wording import escape
from storage.case.case_parts import Consent, Contact, Message, Reminder, Story
from storage.case.sharing import share_of


def sections(page: Page) -> list[Section]:
    """Return these parts."""
    text, case = page.turn.text, page.case
    return [
        (text("Messages and calls for help"), [_message(page, row) for row in case.messages]),
        (text("Contact and letters"), [_contact(page, row) for row in case.contacts]),
        (text("Your yes and no"), [_consent(page, row) for row in case.consents]),
        (text("What was said about the help"), [_story(page, row) for row in case.stories]),
        (text("Reminders"), [_reminder(page, row) for row in case.reminders]),
        (text("Not sent yet, or not read yet"), _waiting(page)),
    ]


def _message(page: Page, row: Message) -> Line:
    text = page.turn.text
    kinds = {
        "help": text("wants to speak to somebody"),
        "call": text("would rather call"),
        "stop": text("stopped here"),
        "pin": text("wants the PIN off"),
        "date": text("typed a day that is over"),
        "day": text("how the day went"),
        "reach": text("another number or address"),
        "measure": text("a question"),
        "ready": text("a ready sentence"),
        "letter": text("a letter with a code"),
        "new_helper": text("another helper"),
    }
    who = text("You") if row.sender == "self_reporter" else helper(page.turn)
    read = text("read {when}", when=page.moment(row.read_at)) if row.read_at else None
    settled = text("answered {when}", when=page.moment(row.settled_at)) if row.settled_at else None
    said = f"{who}: {message_of(page.turn, page.case, row)}"
    return line(page.moment(row.at), said, kinds.get(row.kind), read, settled)


def _contact(page: Page, row: Contact) -> Line:
    text = page.turn.text
    kinds = {
        "letter": text("letter"),
        "phone": text("telephone"),
        "call_missed": text("telephone, not answered"),
        "visit": text("visit"),
        "care": text("through other help"),
        "chat": text("chat"),
    }
    ways = {"in": text("from you"), "out": text("to you")}
    return line(page.moment(row.on), kinds.get(row.kind, row.kind), ways.get(row.direction, row.direction))


def _consent(page: Page, row: Consent) -> Line:
    text = page.turn.text
    about = {
        "channel": text("this chat"),
        "health": text("questions about health"),
        "story": text("sharing your answers with colleagues, without your name"),
    }.get(row.to, row.to)
    if (share := share_of(row.to)) is not None:
        prison = escape(share.recipient) or text("a prison whose name was not kept")
        about = text("{prison} reads: {action}", prison=prison, action="{action}").replace(
            "{action}", page.action(share.action_id)
        )
    said = text("yes") if row.given else text("no")
    why = {
        "withdrawn": text("you took it back"),
        "anew": text("you said it once more"),
        "moved": text("another prison was named"),
        "dropped": text("it went out of your plan, or somebody else does it"),
        "cancelled": text("your day was called off"),
        "released": text("you are free"),
        "closed": text("it is closed"),
    }
    return line(
        page.moment(row.at),
        f"{about}: {said}",
        text("text of {version}", version=row.text_version),
        text("the prison said yes on {day}", day=page.moment(row.confirmed_at)) if row.confirmed_at else None,
        text("the prison said no on {day}", day=page.moment(row.declined_at)) if row.declined_at else None,
        text("ended: {why}", why=why.get(row.ended, row.ended)) if row.ended else None,
        text("the prison heard so on {day}", day=page.moment(row.told_at)) if row.told_at else None,
    )


def _story(page: Page, row: Story) -> Line:
    text = page.turn.text
    asked = {
        "helped": text("What helped you?"),
        "missed": text("What did you miss?"),
        "who": text("Who helped you?"),
        "worker": text("What your helper learned"),
    }
    moments = {"plan": text("at the plan"), "after": text("afterwards"), "closing": text("at the end")}
    return line(page.moment(row.at), asked.get(row.kind, row.kind), own(row.text), moments.get(row.moment, row.moment))


def _kind(page: Page, kind: str) -> str:
    text = page.turn.text
    return {
        "action_before": text("of your plan, beforehand"),
        "action_day": text("of your plan"),
        "reporting_14": text("14 days before your day"),
        "reporting_7": text("7 days before your day"),
        "reporting_3": text("3 days before your day"),
        "reporting_ahead": text("before days on which nobody works"),
        "reporting_eve": text("the day before"),
        "reporting_again": text("the day before, once more"),
        "reporting_day": text("the morning of your day"),
        "day_changed": text("your day is another one"),
        "missed_day": text("after your day"),
        "share_again": text("may another prison read it?"),
        "share_answered": text("what the prison said"),
        "check_in": text("has anything changed?"),
        "perhaps_free": text("are you home again?"),
        "home_check": text("how is it at home?"),
        "check_day": text("how is it at home? The day of your release"),
        "check_week": text("how is it at home? In the first weeks"),
        "check_month": text("how is it at home? After some weeks"),
        "check_22": text("how is it at home? The last time"),
        "check_call": text("for your helper: call"),
        "sitting": text("going on with the questions"),
        "silence_call": text("for your helper: call"),
        "silence_letter": text("for your helper: write a letter"),
        "silence_visit": text("for your helper: visit"),
    }.get(kind, kind)


def _reminder(page: Page, row: Reminder) -> Line:
    text, case = page.turn.text, page.case
    states = {
        "planned": text("will come"),
        "leaving": text("is leaving"),
        "sent": text("was sent"),
        "failed": text("did not arrive"),
        "cancelled": text("was not needed any more"),
        "skipped": text("came too late"),
        "handed_to_worker": text("went to your helper"),
    }
    dealt = {
        "done": text("your helper did it") if row.state == "handed_to_worker" else text("you went through it"),
        "not_done": text("your helper could not do it"),
        "over": text("it was over before"),
    }
    settled = row.state not in ("planned", "leaving", "sent")
    return line(
        f"{page.day(row.day)}, {page.turn.words.time(row.at)}",
        _kind(page, row.kind),
        page.action(row.action_id) if row.action_id and case.action(row.action_id) else None,
        states.get(row.state, row.state),
        _why(page, row.reason) if settled and row.reason else None,
        text("looked at {when}", when=page.moment(row.opened_at)) if row.opened_at else None,
        dealt.get(row.dealt or "", row.dealt),
        page.moment(row.dealt_at) if row.dealt_at else None,
    )


def _why(page: Page, why: str) -> str | None:
    """Return why a reminder ended otherwise than by being sent, where that says more than how it ended."""
    text = page.turn.text
    return {
        "another date": text("your day was another one"),
        "another day": text("you chose another day"),
        "another hour": text("you chose another hour"),
        "planned anew": text("it got another day"),
        "told anew": text("there was newer news"),
        "said by themselves": text("you said it yourself"),
        "heard from them": text("you were there"),
        "outcome known": text("it was known how your day went"),
        "inside now": text("you are inside"),
        "case closed": text("it is closed"),
        "somebody else does it": text("somebody else does it"),
        "something else": text("you chose something else"),
        "done": text("it was done"),
        "another prison": text("another prison was named"),
        "declined": text("you said no"),
        "taken away": text("you took it away"),
        "no chat": text("you had no chat"),
        "opened": text("you had seen it"),
        "stopped": text("you stopped"),
        "blocked": text("you blocked the chat"),
        "nothing left to ask": text("there was nothing left to ask"),
    }.get(why)


def _waiting(page: Page) -> list[Line]:
    text = page.turn.text
    kinds = {
        "notice": text("a message"),
        "screen": text("a message"),
        "document": text("a file"),
        "qr": text("a code"),
    }
    lines = [
        line(
            page.moment(one.made_at),
            kinds.get(one.kind, text("something for the chat itself")),
            one.text,
            text("leaves {when}", when=page.moment(one.not_before)),
        )
        for one in page.kept.waiting
    ]
    parked = text("Something came that I could not read. It goes away after 30 days.")
    return lines + [line(page.moment(at), parked) for at in page.kept.parked]
