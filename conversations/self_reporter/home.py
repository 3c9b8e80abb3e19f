"""A human one tap away, messages with the worker, and the commands of the menu."""

from __future__ import annotations

from conversations.roles import self_reporter
from conversations.rules import checklist_rules
from conversations.screen import Button, Screen
from conversations.self_reporter.arrival import other_letter
from conversations.self_reporter.arrival.coming_back import is_back
from conversations.self_reporter.phrases import LATER, contact, helper, number, screen, sign_later
from conversations.self_reporter.questions.next_step import next_question, onward, to_the_yes
from conversations.self_reporter.script import Choice, Script, text
from conversations.self_reporter.understanding.listening import after_message
from conversations.turn import Turn
from conversations.words.fitting import LONGEST, newest
from conversations.words.message_words import IN_THE_THREAD, words_of
from conversations.words.typed import too_long

# Characters of a message to the worker.
LONGEST_MESSAGE = 2000
# Messages that the thread shows, as far as they fit, and characters kept free for what stands around them.
SHOWN, AROUND = 6, 300
HELP = Script(
    "screen.help",
    text(
        "❓ How it works\n"
        "👉 Tap on a button. That is your answer.\n"
        "✏️ Another answer? Tap on ⬅️ Back.\n"
        "💬 You take a message out of this chat? Your answer stands.\n"
        "🙈 Somebody looks along? Type /hide.\n"
        "🗑 Erase everything? Type /erase."
    ),
)
_WAYS = (Choice(text("✍️ Write a message"), "write"), Choice(text("▶️ Go on"), "onward"))
SIGN_NOW = Script(
    "screen.human",
    text(
        "Good that you ask.\n\nI gave {helper} a sign. You can call now too:\n{number}\n\nIs it an emergency? Call 112."
    ),
    choices=_WAYS,
)
SIGN_LATER = Script("screen.human_later", *LATER, text("Is it an emergency? Call 112."), choices=_WAYS)
WRITE = Script(
    "screen.write",
    text("Type your message to {helper}. Send it as one message."),
    choices=(Choice(text("⬅️ Back"), "onward"),),
)


@self_reporter.command("start")
async def start(turn: Turn, args: str) -> None:
    """Go on where the conversation stands; after a pause, ask first. The code of another letter asks whose it is."""
    if args and await other_letter.is_met(turn, args):
        return
    if turn.chat.blocked_at is not None:
        turn.go("paused")
    else:
        await to_the_yes(turn)
    if args:
        turn.delete(turn.message_id)
        turn.remark(
            turn.text("This chat is yours already. Do you have a new letter? Call {number}", number=number(turn))
        )


@self_reporter.command("help")
async def help_wanted(turn: Turn, _args: str) -> None:
    """Explain in a few lines how it works, above where one is."""
    if turn.chat.blocked_at is not None:
        turn.go("paused")
    turn.remark(HELP.said(turn), heard=HELP.id)


@self_reporter.screen("human")
async def with_a_human(turn: Turn) -> Screen:
    """Give the number of a human now, and a way to write; outside office hours who can be called then."""
    if values := sign_later(turn):
        return SIGN_LATER.screen(turn, human_too=False, **values)
    return SIGN_NOW.screen(turn, human_too=False, helper=helper(turn), number=number(turn))


@self_reporter.tap("human")
async def human_asked(turn: Turn, _args: str) -> None:
    """Call a human: the worker gets a sign without content."""
    await ask_for_human(turn)
    turn.go("human")


async def ask_for_human(turn: Turn, about: str = "") -> None:
    """Keep that the person wants somebody, and about what; tell who helps. A second tap adds nothing."""
    case = turn.case
    if not any(m.kind == "help" and m.text == about for m in case.thread.unread("self_reporter")):
        case.thread.write("self_reporter", about, turn.now, kind="help")
        turn.notify(await turn.reads.helpers(case), "help", case.ref)


@self_reporter.tap("onward")
async def go_onward(turn: Turn, _args: str) -> None:
    """Go on where it stood."""
    await onward(turn)


@self_reporter.screen("write")
async def write(turn: Turn) -> Screen:
    """Ask for the message."""
    return WRITE.screen(turn, human_too=False, helper=helper(turn))


@self_reporter.tap("write")
async def to_write(turn: Turn, _args: str) -> None:
    """Go and write."""
    turn.go("write")


@self_reporter.command("bericht", "message")
async def message_wanted(turn: Turn, args: str) -> None:
    """Write to the worker; words behind the command are the message."""
    if args:
        await written(turn, args)
    else:
        turn.go("write")


@self_reporter.typed("write", "messages", "human")
async def written(turn: Turn, text: str) -> None:
    """Keep the message and tell the worker."""
    if too_long(turn, text, LONGEST_MESSAGE, kind="write"):
        return
    is_back(turn)
    await send(turn, text)
    turn.delete(turn.message_id)
    turn.go("messages", sent=True)
    await after_message(turn, text)


async def send(turn: Turn, text: str) -> None:
    """Keep words for the worker, and tell them: they wait until they are seen to."""
    case = turn.case
    case.thread.write("self_reporter", text, turn.now)
    turn.notify(await turn.reads.helpers(case), "message", case.ref)


@self_reporter.screen("messages")
async def messages(turn: Turn) -> Screen:
    """Show the last words between the person and the worker."""
    case = turn.case
    said = [m for m in case.messages if m.kind in IN_THE_THREAD]
    until = turn.place.get("until", len(said))
    worded = []
    for message in said[max(0, until - SHOWN) : until]:
        who = turn.text("You") if message.sender == "self_reporter" else helper(turn)
        head = turn.text("<b>{who}</b>, {when}", who=who, when=turn.words.moment(message.at))
        worded.append(f"{head}\n{words_of(turn, case, message)}")
    shown = newest(worded, LONGEST - AROUND)
    lines = [turn.text("💬 Messages with {helper}", helper=helper(turn)), *shown]
    if not said:
        lines.append(turn.text("There are no messages yet."))
    if turn.place.get("sent"):
        lines.append(turn.text("✅ Kept. {helper} reads it {days}.", helper=helper(turn), days=contact(turn).days))
    rows: list[tuple[Button, ...]] = []
    if until > len(shown):
        rows.append((Button(turn.text("⬆️ Earlier messages"), "messages", str(until - len(shown))),))
    rows.append((Button(turn.text("✍️ Write a message"), "write"), Button(turn.text("▶️ Go on"), "onward")))
    return screen(turn, "\n\n".join(lines), *rows)


@self_reporter.tap("messages")
async def to_messages(turn: Turn, args: str) -> None:
    """Open the thread, the newest or so far back: what the worker wrote is read now."""
    turn.case.thread.read("worker", turn.now)
    if args:
        turn.go("messages", until=int(args))
    else:
        turn.go("messages")


@self_reporter.tap("questions")
async def to_questions(turn: Turn, _args: str) -> None:
    """Begin the questions again at the first: an answer stands until it is changed."""
    await questions_wanted(turn, "")


@self_reporter.command("vragen", "questions")
async def questions_wanted(turn: Turn, _args: str) -> None:
    """Go to the next question, or to the first when all have an answer."""
    situation = checklist_rules.situation_of(turn.case, turn.today)
    question = next_question(turn) or next(
        iter(checklist_rules.applicable(turn.content.checklist, turn.case.answers, situation)), None
    )
    if question is not None:
        turn.go("question", id=question.id)
    else:
        turn.go("overview")


@self_reporter.tap("letter")
async def letter_came(turn: Turn, _args: str) -> None:
    """The letter with the day has come: ask about it again."""
    checklist = turn.content.checklist
    asked = checklist.meaning("letter") or checklist.meaning("reporting_date")
    assert asked is not None  # the file was checked
    turn.go("question", id=asked.id)
