"""Notices: what comes unasked, as a lock screen may show it: that there is something, never what about."""

from __future__ import annotations

from collections.abc import Iterable

from conversations.effects.notice import Notice, NoticeKind
from conversations.screen import Button, Screen
from conversations.words.wording import Words
from storage.people.staff import Member

UNFOLD = "unfold"


def _to_person(words: Words, kind: NoticeKind, number: str) -> str:
    match kind:
        case "changed":
            return words.text("Something has changed. Was it not you? Call {number}.", number=number)
        case "moved":
            return words.text("You go on on another phone. Was it not you? Call {number}.", number=number)
        case "reminder":
            return words.text("You have a reminder.")
        case "important":
            return words.text("You have an important message.")
        case _:
            return words.text("There is a message for you.")


def _to_staff(words: Words, kind: NoticeKind, ref: str, number: str) -> str:
    match kind:
        case "cover":
            return words.text("🏖 Standing in has changed.")
        case "twice":
            return words.text("👥 Perhaps known already · {ref}", ref=ref.partition("/")[0])
        case "access":
            return words.text("🔑 There is a new invitation for you. Was it not you? Call your coordinator.")
        case "moved":
            return words.text("You go on on another phone. Was it not you? Call {number}.", number=number)
        case "new_phone":
            return words.text("📱 New phone · {ref}", ref=ref)
        case "help":
            return words.text("🙋 Call for help · {ref}", ref=ref)
        case "message":
            return words.text("💬 Message · {ref}", ref=ref)
        case "digest":
            return words.text("Your list is ready.")
        case "late":
            return words.text("⏰ Nobody has seen to this in time · {ref}", ref=ref)
        case "asked":
            return words.text("❓ A question for you · {ref}", ref=ref.partition("/")[0])
        case "listed":
            return words.text("📥 There is a new list: look at your cases.")
        case "read":
            return words.text("📥 The file is read.")
        case "inquiry":
            return words.text("❓ A colleague has a question.")
        case "answered":
            return words.text("💡 There is an answer to your question.")
        case "solved":
            return words.text("✅ Something that you told is solved.")
        case "decided":
            return words.text("🗂 Decided in the meeting · {ref}", ref=ref)
        case "monthly":
            return words.text("📆 The monthly report is ready.")
        case "unshared":
            return words.text("🔒 No longer shared with you · {ref}", ref=ref)
        case "news":
            return words.text("🔔 There is news · {ref}", ref=ref)
        case "erased":
            return words.text("🗑 Erased at own request · {ref}", ref=ref)
        case _:
            return words.text("⚠️ Look at this · {ref}", ref=ref or "Voorzorg")


def to_administrators(team: Iterable[Member]) -> list[Notice]:
    """Return what tells those of a team who look after the installation to look at it: the log says at what."""
    return [Notice(("staff", m.id), "alert", UNFOLD) for m in team if m.active and m.role == "administrator"]


def worded(words: Words, notice: Notice) -> Screen:
    """Return a notice in the words of who gets it, with the button that shows what it is about."""
    to_staff = notice.to[0] == "staff"
    text = (
        _to_staff(words, notice.kind, notice.args, notice.about)
        if to_staff
        else _to_person(words, notice.kind, notice.about)
    )
    if notice.kind in ("erased", "moved", "access"):
        return Screen(text)  # there is nothing left to show
    if notice.kind == "changed":
        return Screen(text, ((Button(words.text("🙋 I want to speak to somebody"), notice.verb, notice.args),),))
    return Screen(text, ((Button(words.text("👀 Show"), notice.verb, notice.args),),))


def folded(words: Words) -> Screen:
    """Return what stays of a screen that was folded: nothing that says what it was about."""
    return Screen(words.text("Voorzorg is here for you."), ((Button(words.text("▶️ Go on"), UNFOLD),),))


def superseded(words: Words) -> Screen:
    """Return what stays of a screen that a newer one took over from."""
    return Screen(words.text("⬇️ Go on below."))


def invitation(words: Words, code: str) -> str:
    """Return what stands below the picture of a fresh invitation."""
    return words.text("Or type this code: {code}", code=code)


def sheet(words: Words) -> str:
    """Return what stands below the sheet of a new member, or of one who is invited again."""
    return words.text("🖨 Print it, give it from hand to hand, and delete it here.")


def goodbye(words: Words, helper: str) -> Screen:
    """Return what somebody reads who had everything erased."""
    return Screen(
        words.text(
            "🗑 Your answers, your plan and your messages are erased. What {helper} wrote down for the municipality "
            "stays there.\n\nDelete this chat too. All the best.",
            helper=helper,
        )
    )


def apology(words: Words, telephone: str) -> Screen:
    """Return what somebody reads whose update could not be handled."""
    return Screen(
        words.text(
            "Something went wrong on my side. Send it once more in 1 minute. Or call {telephone}.",
            telephone=telephone,
        ),
        ((Button(words.text("▶️ Go on"), UNFOLD),),),
    )
