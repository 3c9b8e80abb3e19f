"""A human one tap away, messages with the worker, and the commands of the menu."""

from __future__ import annotations

from conversations.checklist import rules
from conversations.roles import self_reporter
from conversations.self_reporter.onward import onward
from conversations.self_reporter.phrases import contact, helper, number, screen
from conversations.turn import Button, Screen, Turn

# Characters of a message to the worker.
LONGEST_MESSAGE = 2000
# Messages that the thread shows.
SHOWN = 6


@self_reporter.command("start", "help")
async def start(turn: Turn, _args: str) -> None:
    """Go on where the conversation stands."""
    if turn.place["kind"] in ("phone", "intro", "consent", "call", "stopped"):
        turn.show_again()
    else:
        await onward(turn)


@self_reporter.screen("human")
async def with_a_human(turn: Turn) -> Screen:
    """Give the number of a human now, and a way to write."""
    return Screen(
        turn.text(
            "Good that you ask.\n\nI gave {helper} a sign. You can call now too:\n{number}\n\n"
            "Is it an emergency? Call 112.",
            helper=helper(turn),
            number=number(turn),
        ),
        (
            (Button(turn.text("✍️ Write a message"), "write"),),
            (Button(turn.text("▶️ Go on"), "onward"),),
        ),
    )


@self_reporter.tap("human")
async def human_asked(turn: Turn, _args: str) -> None:
    """Call a human: the worker gets a sign without content."""
    await ask_for_human(turn)
    turn.go("human")


async def ask_for_human(turn: Turn, about: str = "") -> None:
    """Keep that the person wants somebody, and about what; tell who helps. A second tap adds nothing."""
    case = turn.case
    assert case is not None
    if not any(m.kind == "help" and m.text == about for m in case.unread("self_reporter")):
        case.message("self_reporter", about, turn.now, kind="help")
        turn.notify(await turn.reads.helpers(case), "help", case.ref)


@self_reporter.tap("onward")
async def go_onward(turn: Turn, _args: str) -> None:
    """Go on where it stood."""
    await onward(turn)


@self_reporter.screen("write")
async def write(turn: Turn) -> Screen:
    """Ask for the message."""
    question = turn.text("Type your message to {helper}. Send it as one message.", helper=helper(turn))
    return screen(turn, question, (Button(turn.text("⬅️ Back"), "onward"),), human_too=False)


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
    case = turn.case
    assert case is not None
    if len(text) > LONGEST_MESSAGE:
        turn.go("write", turn.text("That is too long. Make it shorter."))
        return
    case.message("self_reporter", text, turn.now)
    turn.delete(turn.message_id)
    turn.notify(await turn.reads.helpers(case), "message", case.ref)
    turn.go("messages", sent=True)


@self_reporter.screen("messages")
async def messages(turn: Turn) -> Screen:
    """Show the last words between the person and the worker."""
    case = turn.case
    assert case is not None
    said = [m for m in case.messages if m.kind == "text"][-SHOWN:]
    lines = [turn.text("💬 Messages with {helper}", helper=helper(turn))]
    for message in said:
        who = turn.text("You") if message.sender == "self_reporter" else helper(turn)
        lines.append(
            turn.text("<b>{who}</b>, {when}\n{words}", who=who, when=turn.words.moment(message.at), words=message.text)
        )
    if not said:
        lines.append(turn.text("There are no messages yet."))
    if turn.place.get("sent"):
        lines.append(turn.text("✅ Kept. {helper} reads it {days}.", helper=helper(turn), days=contact(turn).days))
    return screen(
        turn,
        "\n\n".join(lines),
        (Button(turn.text("✍️ Write a message"), "write"), Button(turn.text("▶️ Go on"), "onward")),
    )


@self_reporter.tap("messages")
async def to_messages(turn: Turn, _args: str) -> None:
    """Open the thread: what the worker wrote is read now."""
    assert turn.case is not None
    turn.case.read("worker", turn.now)
    turn.go("messages")


@self_reporter.tap("questions")
async def to_questions(turn: Turn, _args: str) -> None:
    """Begin the questions again at the first: an answer stands until it is changed."""
    await questions_wanted(turn, "")


@self_reporter.command("vragen", "questions")
async def questions_wanted(turn: Turn, _args: str) -> None:
    """Go to the next question, or to the first when all have an answer."""
    assert turn.case is not None
    checklist = turn.content.checklist
    question = rules.next_question(checklist, turn.case.answers) or checklist.questions[0]
    turn.go("question", id=question.id)


@self_reporter.tap("letter")
async def letter_came(turn: Turn, _args: str) -> None:
    """The letter with the day has come: ask about it again."""
    turn.go("question", id="letter")


@self_reporter.command("stop")
async def stop(turn: Turn, _args: str) -> None:
    """Ask what stopping means before it happens."""
    turn.go("consent")
