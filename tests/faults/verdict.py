"""What must be true once all is quiet: nothing lost, nothing twice, and every phone shows what is stored."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.webchat.chat import ChatMessage
from conversations.effects.notice import Notice, NoticeKind
from conversations.notices import worded
from conversations.words.wording import words_for
from storage.case.case import Case
from storage.people.chats import Chat
from tests.faults.crowd import Crowd, Sent
from tests.faults.people import Person, choices_of
from tests.faults.stored import Stored, opened


@dataclass
class Verdict:
    """All that is wrong, in words; messages of each chat that came twice, and former screens that stayed."""

    faults: list[str]
    updates: int
    reminders: int = 0
    twice: Counter[int] = field(default_factory=Counter)
    left: Counter[int] = field(default_factory=Counter)


async def judge(crowd: Crowd, on_the_way: Counter[int], afresh: Counter[str]) -> Verdict:
    """Compare what people did, what is stored and what their phones show.

    `on_the_way`: messages of each chat that had arrived at a kill without being noted. `afresh`: how often a message
    waited for a chat at a kill, by our own id: its screen is sent below the former one. Only these may come again.
    """
    assert crowd.helper is not None
    async with opened(crowd.settings, crowd.clock) as stored:
        verdict = Verdict(await stored.faults(crowd.updates()), len(crowd.updates()))
        told: Counter[str] = Counter()
        may = Counter(on_the_way)
        for person in crowd.people:
            case, chat = await stored.case(person.ref)
            said = [*_of_case(person, case), *_of_chat(person, chat), *await _of_screen(stored, person, case, chat)]
            used, wrong = await stored.invitation(case)
            said += _same("invitations used and years mistaken", (used, wrong), (1, person.memory.wrong_years))
            sent = crowd.sent.get(person.phone.id, [])
            arrived = {line.buttons[0].split(":")[1] for line in sent if _is_reminder(line)}
            said += _of_reminders(case, arrived)
            verdict.reminders += len(arrived)
            verdict.faults += [f"{person.ref}: {fault}" for fault in said]
            may[person.phone.id] += afresh[chat.id]
            verdict.twice[person.phone.id] = _twice(sent, person.acted_at)
            verdict.left[person.phone.id] = len(_screens(person)) - 1
            told += _told(stored, person, case)
    heard = Counter(sent.text for sent in crowd.sent.get(crowd.helper.id, []) if sent.text in told)
    verdict.faults += [f"the helper never heard: {text} ({n} times)" for text, n in (told - heard).items()]
    verdict.twice[crowd.helper.id] = (heard - told).total()
    for what, counted in (("came twice", verdict.twice), ("were left over", verdict.left)):
        for chat_id, number in counted.items():
            if number > may[chat_id]:
                verdict.faults.append(f"chat {chat_id}: {number} messages {what}, {may[chat_id]} on the way or waiting")
    verdict.faults += [f"log: {line}" for line in crowd.program.log() if "level=error" in line][:10]
    return verdict


def _same(what: str, stored: object, right: object) -> Iterator[str]:
    if stored != right:
        yield f"{what}: stored {stored}, right {right}"


def _of_case(person: Person, case: Case) -> Iterator[str]:
    """Say which of somebody's doings are missing, or there twice."""
    memory = person.memory
    yield from _same("answers", {question: a.value for question, a in case.answers.items()}, memory.answers)
    yield from _same("consents", [c.given for c in case.consents if c.to == "channel"], memory.consents)
    yield from _same("contacts", [(c.kind, c.direction) for c in case.contacts], [("chat", "in")])
    helps = [m.text for m in case.messages if m.kind == "help"]
    yield from _once("call for a human", helps)
    yield from _same("called for a human", bool(helps), memory.wanted_a_human)
    yield from _same(
        "messages",
        Counter(m.text for m in case.messages if m.sender == "self_reporter" and m.kind != "help"),
        Counter(memory.words),
    )
    own = Counter(a.text for a in case.actions if a.proposal is None)
    yield from _same("own actions", own, Counter(memory.own_words))
    # A changed answer withdraws what nobody had decided on; changed back, it is proposed anew.
    withdrawn = {
        a.id
        for a in case.actions
        if a.status == "dropped" and a.settled_on is None and a.position not in memory.decided
    }
    yield from _once("proposal", (a.proposal for a in case.actions if a.proposal and a.id not in withdrawn))
    yield from _once("flag", (f.flag for f in case.flags if f.lowered_at is None))
    yield from _same("positions", sorted(a.position for a in case.actions), list(range(len(case.actions))))
    for action in (a for a in case.actions if a.id not in withdrawn):
        decided = "agreed" if action.proposal is None else memory.decided.get(action.position, "proposed")
        status = "agreed" if action.status == "done" else action.status
        yield from _same(f"action {action.position}", status, decided)
    planned = [(r.kind, r.action_id, r.day) for r in case.reminders if r.state != "cancelled"]
    yield from _once("reminder", planned)
    opened_ids = {r.id for r in case.reminders if r.opened_at is not None}
    yield from _same("reminders not marked as opened", memory.opened - opened_ids, set())


def _of_chat(person: Person, chat: Chat) -> Iterator[str]:
    yield from _same("the number of the screen", chat.screen, person.memory.screen)


async def _of_screen(stored: Stored, person: Person, case: Case, chat: Chat) -> list[str]:
    """Say how the screen on a phone differs from the one that follows from what is stored."""
    text, rows = await stored.look(case, chat)
    shown = _screens(person)
    if not shown:
        return ["no screen is left"]
    newest = shown[-1]
    return [
        *_same("the message of the screen", chat.screen_message, newest.message_id),
        *_same("the text of the screen", text, newest.text),
        *_same("the buttons of the screen", rows, newest.buttons),
    ]


def _screens(person: Person) -> list[ChatMessage]:
    """Return the visible messages of the bot that are not notices: only the screen should be there."""
    return [
        message
        for message in person.phone.messages
        if not message.mine and not any(choice.verb == "see" for choice in choices_of(message))
    ]


def _is_reminder(line: Sent) -> bool:
    return bool(line.buttons) and line.buttons[0].startswith("see:")


def _of_reminders(case: Case, arrived: set[str]) -> Iterator[str]:
    """Say which reminders the ledger has sent and no phone got, or the other way round."""
    # One that is cancelled while it is on its way arrives all the same.
    may = {r.notice.partition(":")[2] for r in case.reminders if r.notice and r.state in ("sent", "cancelled")}
    must = {r.notice.partition(":")[2] for r in case.reminders if r.notice and r.state == "sent"}
    yield from _same("reminders that never arrived", must - arrived, set())
    yield from _same("reminders unknown to the ledger", arrived - may, set())


def _twice(sent: list[Sent], acted_at: list[float]) -> int:
    """Count what arrived again: a notice at any time; a screen when the person did nothing in between."""
    notices = Counter(line.buttons for line in sent if _is_reminder(line))
    screens = sum(
        (one.text, one.buttons) == (two.text, two.buttons) and bisect(acted_at, one.at) == bisect(acted_at, two.at)
        for one, two in pairwise(sent)
        if not _is_reminder(one)
    )
    return screens + sum(number - 1 for number in notices.values())


def _told(stored: Stored, person: Person, case: Case) -> Counter[str]:
    """Return what the helper must have heard of a case, each as often as it happened."""
    words = words_for("nl", stored.content.zone)

    def text(kind: NoticeKind) -> str:
        return worded(words, Notice(("staff", ""), kind, "case", case.ref)).text

    helps = sum(m.kind == "help" for m in case.messages)
    return Counter({text("message"): len(person.memory.words), text("help"): helps})


def _once(what: str, things: Iterable[object]) -> Iterator[str]:
    for thing, number in Counter(things).items():
        if number > 1:
            yield f"{what} {thing} is there {number} times"
