"""The talk between a worker and the person of a case: what was said, and the answer to it."""

from __future__ import annotations

from datetime import date

from conversations.effects.notice import Notice
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.fitting import LONGEST, newest
from conversations.words.message_words import words_of
from conversations.words.typed import too_long
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import done
from storage.case.case import Case
from storage.case.case_parts import Message
from storage.case.references import reference_before

LONGEST_ANSWER = 2000
# Messages on one screen, as far as they fit, and characters kept free for what stands around them.
MESSAGES_SHOWN, AROUND = 4, 300


def _message(turn: Turn, case: Case, message: Message) -> str:
    who = case.identity.first_name or case.ref if message.sender == "self_reporter" else turn.text("You")
    words = {
        "help": turn.text("🙋 wants to speak to somebody"),
        "call": turn.text("📞 would rather call"),
        "stop": turn.text("🚪 stopped the chat"),
        "pin": turn.text("🔒 forgot the PIN"),
        "letter": turn.text("✉️ opened this letter in the chat of another case")
        if message.sender == "self_reporter"
        else turn.text("✉️ left that chat with the other case"),
        "reach": turn.text("☎️ has another number or address:"),
    }
    if message.kind == "date":
        day = turn.words.full_date(date.fromisoformat(message.text))
        said = turn.text("📅 typed a reporting day that is over: {day}", day=day)
    else:
        said = "\n".join(filter(None, (words.get(message.kind), words_of(turn, case, message))))
    return turn.text("<b>{who}</b>, {when}", who=who, when=turn.words.moment(message.at)) + f"\n{said}"


def newest_of(turn: Turn, case: Case, until: int, room: int) -> list[str]:
    """Return the last messages before one that fit into so many characters."""
    said = case.messages[max(0, until - MESSAGES_SHOWN) : until]
    return newest([_message(turn, case, m) for m in said], room, apart=1)


def earlier(turn: Turn, case: Case, until: int) -> list[tuple[Button, ...]]:
    """Return the row that leads to what was said before."""
    return [(Button(turn.text("⬆️ Earlier messages"), "thread", f"{case.ref}/{until}"),)] if until > 0 else []


@worker.screen("thread")
async def thread(turn: Turn) -> Screen:
    """Show what was said before, a screen at a time."""
    case = await turn.open(turn.place["ref"], "open")
    until = turn.place["until"]
    shown = newest_of(turn, case, until, LONGEST - AROUND)
    rows = earlier(turn, case, until - len(shown))
    if case.thread.unanswered() and turn.scope.may("message", case):
        rows.append((Button(turn.text("🆗 Needs no answer"), "no_answer", case.ref),))
    rows.append((Button(turn.text("⬅️ Back"), "case", case.ref),))
    return Screen("\n".join([f"<b>{case.ref}</b>", *shown]), tuple(rows))


@worker.tap("thread")
async def to_thread(turn: Turn, args: str) -> None:
    """Go back in what was said."""
    ref, _, until = args.partition("/")
    turn.go("thread", ref=ref, until=int(until))


deed(10, "write", lambda turn: turn.text("✍️ Answer"), "message", lambda case: case.joined_at is not None)


deed(
    11,
    "no_answer",
    lambda turn: turn.text("🆗 Needs no answer"),
    "message",
    lambda case: bool(case.thread.unanswered()),
)


@worker.tap("no_answer")
async def needs_no_answer(turn: Turn, args: str) -> None:
    """Take what the person wrote off the lists: somebody has read it, and it asks for nothing."""
    if case := await opened(turn, args, "message"):
        case.thread.read("self_reporter", turn.now)
        case.thread.answered(turn.now)
        done(turn, case, turn.text("Off your list. It stays on the card."))


@worker.screen("answer")
async def answer(turn: Turn) -> Screen:
    """Ask for the answer."""
    text = turn.text("Type your answer for {ref}. It is sent at once.", ref=turn.place["ref"])
    ready = (Button(turn.text("💬 Ready sentences"), "ready", f"{turn.place['ref']}/"),)
    return Screen(text, (ready, (Button(turn.text("⬅️ Back"), "case", turn.place["ref"]),)))


@worker.tap("write")
async def to_answer(turn: Turn, args: str) -> None:
    """Go and write an answer."""
    if case := await opened(turn, args, "message"):
        turn.go("answer", ref=case.ref)


@worker.command("bericht", "message")
async def answer_wanted(turn: Turn, args: str) -> None:
    """Write to the person of a case; words behind the reference are the message."""
    if case := await named(turn, args, "message", "/bericht GR-4K7Q2"):
        turn.go("answer", ref=case.ref)
        if words := reference_before(args)[1]:
            await typed(turn, words)


def say(turn: Turn, case: Case, text: str, kind: str = "text") -> None:
    """Send words to the person of a case, own or ready ones: what the person wrote is read and answered then."""
    case.thread.read("self_reporter", turn.now)
    case.thread.write("worker", text, turn.now, kind)
    if case.person.has_stopped:  # nobody sees it: what they asked waits until somebody has spoken to them
        turn.go("sent", ref=case.ref, unseen=True)
        return
    case.thread.answered(turn.now)
    case.reach.contacted("chat", "out", turn.now)
    turn.decide(Notice(("case", case.id), "message", "messages"))
    turn.go("sent", ref=case.ref)


@worker.typed("case", "answer")
async def typed(turn: Turn, text: str) -> None:
    """Send a reply to the person of the case that stands on the screen."""
    ref = turn.place["ref"]
    if turn.place["kind"] == "case" and not turn.replied:
        turn.remark(turn.text("Do you want to answer? Reply to this message, or tap on Answer."))
        return
    if too_long(turn, text, LONGEST_ANSWER, kind="answer", ref=ref):
        return
    if case := await opened(turn, ref, "message"):
        turn.delete(turn.message_id)
        say(turn, case, text)


@worker.typed("today", "cases", "all_flags", "sent", "kept", "flags", "flag", "actions", "action", "measures", "thread")
async def to_nobody(turn: Turn, _text: str) -> None:
    """Say that nobody gets it: a reply to a list, a notice or an older message is not for anybody."""
    turn.remark(turn.text("Nobody gets this. Open a case, and reply to it. Example: /zaak GR-4K7Q2"))


@worker.screen("sent")
async def sent(turn: Turn) -> Screen:
    """Say that it went out, and no more: this message comes fresh, so a lock screen may show it."""
    ref = turn.place["ref"]
    # Who stopped the chat hears nothing of it.
    unseen = turn.text("📵 Kept. It is not seen in the chat now: call too.")
    return Screen(
        unseen if turn.place.get("unseen") else turn.text("✅ Your answer is on its way."),
        ((Button(ref, "case", ref), Button(turn.text("⬅️ My list"), "today", "0")),),
    )
