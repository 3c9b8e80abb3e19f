"""A case by hand: somebody whom no list has brought yet. An overview that brings the same person is linked to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from conversations.effects.case import Change
from conversations.effects.notice import Notice
from conversations.effects.trace import Trace
from conversations.reads import NewCase
from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.self_reporter.arrival.codes import read_year
from conversations.turn import Turn
from conversations.words.places import Found, Near
from conversations.words.typed import day_of, too_long
from conversations.worker.case.opening import opened
from conversations.worker.case.steps import in_rows
from storage.case.case import Case
from storage.people.names import identity_key, person_key

LONGEST_NAME = 60
# Characters of a colleague's id that a button carries.
WHO = 12
# What is asked, in order.
ASKED = ("first_name", "last_name", "birth_year", "municipality", "reporting_date")


def _asked(turn: Turn) -> str | None:
    return next((name for name in ASKED if name not in turn.place["said"]), None)


@worker.command("nieuw", "new")
async def new_wanted(turn: Turn, _args: str) -> None:
    """Begin a case by hand."""
    turn.go("new", said={})


@worker.screen("new")
async def new(turn: Turn) -> Screen:
    """Ask one fact at a time; then put all of it back in words."""
    back = (Button(turn.text("⬅️ My list"), "today", "0"),)
    said: dict[str, Any] = turn.place["said"]
    rows: list[tuple[Button, ...]] = []
    match _asked(turn):
        case "first_name":
            text = turn.text("➕ A new case. What is the first name?")
        case "last_name":
            text = turn.text("What is the last name?")
        case "birth_year":
            text = turn.text("In which year is this person born? Type 4 digits.")
        case "municipality":
            text = turn.text("In which municipality does this person live? Type the name.")
            if turn.content.region.municipality(turn.actor.area):
                rows.append((Button(f"🏘 {turn.actor.area}", "new_said", turn.actor.area),))
        case "reporting_date":
            text = turn.text("Which day does the list or the letter say? Type the date.")
            rows.append((Button(turn.text("📭 No date yet"), "new_said", "-"),))
        case _:
            day = said["reporting_date"]
            words = turn.words.full_date(date.fromisoformat(day)) if day else turn.text("no date yet")
            text = turn.text(
                "Is this right?\n\n👤 {name}\n🎂 {year}\n🏘 {municipality}\n📅 {day}",
                name=f"{said['first_name']} {said['last_name']}",
                year=said["birth_year"],
                municipality=said["municipality"],
                day=words,
            )
            rows.append(
                (Button(turn.text("✅ Yes, add it"), "new_keep"), Button(turn.text("✏️ Start again"), "new_again"))
            )
    return Screen(text, (*in_rows([b for row in rows for b in row], 2), back))


def _say(turn: Turn, value: Any) -> None:
    name = _asked(turn)
    place = {k: v for k, v in turn.place.items() if k != "note"}
    turn.go(**(place | {"said": place["said"] | {name: value}}))


@worker.typed("new")
async def new_typed(turn: Turn, text: str) -> None:
    """Take one fact."""
    turn.delete(turn.message_id)
    name = _asked(turn)
    if name in ("first_name", "last_name"):
        if not too_long(turn, text, LONGEST_NAME):
            _say(turn, text)
    elif name == "birth_year":
        year = read_year(text)
        if year is None or not turn.today.year - 110 <= year <= turn.today.year - 12:
            turn.remark(turn.text("Type 4 digits, please."))
        else:
            _say(turn, year)
    elif name == "municipality":
        _place(turn, text)
    elif name == "reporting_date":
        if (day := day_of(turn, text)) is not None:
            _say(turn, day.isoformat())
    else:
        turn.remark(turn.text("I do not read this here. Tap on a button, or type /help."))


def _place(turn: Turn, text: str) -> None:
    region = turn.content.region
    match region.municipality(text):
        case Found(name=name) if turn.scope.may_in("add", name, region.province_of(name)):
            _say(turn, name)
        case Found(name=name):
            turn.remark(turn.text("{place} is not in your area. Ask a colleague there.", place=name))
        case Near(name=name):
            turn.remark(turn.text("I do not know that name. Do you mean {place}?", place=name))
        case _:
            turn.remark(turn.text("I do not know that name. Look how it is written."))


@worker.tap("new_said")
async def new_said(turn: Turn, args: str) -> None:
    """Take the fact of a button."""
    if turn.place["kind"] != "new":
        return
    if _asked(turn) == "municipality":
        _place(turn, args)
    elif _asked(turn) == "reporting_date":
        _say(turn, "")


@worker.tap("new_again")
async def new_again(turn: Turn, _args: str) -> None:
    """Ask everything anew."""
    turn.go("new", said={})


def _wanted(turn: Turn) -> NewCase:
    said = turn.place["said"]
    province = turn.content.region.province_of(said["municipality"])
    return NewCase(
        said["first_name"],
        said["last_name"],
        said["birth_year"],
        said["municipality"],
        province,
        turn.content.region.prefix(province),
        date.fromisoformat(said["reporting_date"]) if said["reporting_date"] else None,
    )


async def _is_known(turn: Turn, wanted: NewCase) -> bool:
    """Tell whether somebody is not added, since they may be known; whose name one may not see, nobody is told of.

    It is one answer for the same person, one with a like name and whatever else the coordinator has to look at, and
    it names nobody: whether a colleague has such a case is not to be tried out with names.
    """
    found = await turn.reads.glance(await turn.reads.same_person(wanted))
    if not found:
        return False
    same = person_key(wanted.first_name, wanted.last_name, wanted.birth_year)
    mine = [case for case in found if turn.scope.may("names", case)]
    if sure := next((case for case in mine if identity_key(case.identity) == same), None):
        turn.go("today", turn.text("This person is known already, as {ref}.", ref=sure.ref))
        return True
    hidden = [case for case in found if case not in mine]
    if not hidden:
        return False
    case = hidden[0]
    for member in await turn.reads.coordinators(case) or await turn.reads.helpers(case):
        args = f"{case.ref}/{turn.actor.id[-WHO:]}"
        turn.decide(Notice(("staff", member.id), "twice", "twice", args))
    turn.decide(Trace(turn.actor.id, "add_known", case.ref))
    _one_answer(turn)
    return True


def _one_answer(turn: Turn) -> None:
    """Say the same of everybody who is not simply added, and nothing of why."""
    turn.go("today", turn.text("👥 The coordinator looks along with this one first. Ask them to add the case."))


@worker.screen("twice")
async def twice(turn: Turn) -> Screen:
    """Say who wanted to add somebody who may be known, to who may see the name."""
    ref, who = turn.place["of"].split("/")
    case = await turn.open(ref, "names")
    everybody = await turn.reads.colleagues(case.municipality, case.province)
    name = next((m.name for m in everybody if m.id.endswith(who)), turn.text("a former colleague"))
    text = turn.text(
        "👥 {colleague} wanted to add somebody who may be {name}. Call {colleague}. Is it somebody else? "
        "Then add them yourself: /nieuw",
        colleague=name,
        name=f"{case.identity.name} ({case.ref})",
    )
    return Screen(text, ((Button(case.ref, "case", case.ref),), (Button(turn.text("⬅️ My list"), "today", "0"),)))


@worker.tap("twice")
async def to_twice(turn: Turn, args: str) -> None:
    """Go and look, as far as one may see the name."""
    if await opened(turn, args.partition("/")[0], "names"):
        turn.go("twice", of=args)


@worker.tap("new_keep")
async def new_keep(turn: Turn, _args: str) -> None:
    """Add the case: it is the worker's own. Who is known already is shown instead."""
    if turn.place["kind"] != "new" or _asked(turn) is not None:
        return
    said = turn.place["said"]
    name = said["municipality"]
    province = turn.content.region.province_of(name)
    if not turn.scope.may_in("add", name, province):
        turn.go("today", turn.text("There is nothing here for you."))
        return
    wanted = _wanted(turn)
    if await _is_known(turn, wanted):
        return
    if await turn.reads.was_erased(wanted):
        if _looks_at_it(turn):
            turn.go("new_erased", said=said)
        else:
            turn.decide(Trace(turn.actor.id, "add", None, "denied"))
            _one_answer(turn)
        return
    await _added(turn, wanted)


async def _added(turn: Turn, wanted: NewCase) -> Case:
    case = await turn.reads.new_case(wanted)
    case.helpers.assign(turn.actor.id)
    turn.decide(Change(case))
    turn.go("case", "✅ " + turn.text("Added."), ref=case.ref)
    return case


@worker.screen("new_erased")
async def new_erased(turn: Turn) -> Screen:
    """Say to a coordinator that somebody of this name and year had everything erased; they may know another one."""
    back = (Button(turn.text("⬅️ My list"), "today", "0"),)
    said = turn.text("🗑 This person had everything erased. Contact this person yourself.")
    text = f"{said}\n\n" + turn.text("Is it somebody else? Or does this person want help again? Then add the case.")
    return Screen(text, ((Button(turn.text("✅ Add the case"), "new_anyway"),), back))


def _looks_at_it(turn: Turn) -> bool:
    """Whether it is theirs to decide: whoever brings in lists there."""
    name = turn.place["said"]["municipality"]
    return turn.scope.may_in("import", name, turn.content.region.province_of(name))


@worker.tap("new_anyway")
async def new_anyway(turn: Turn, _args: str) -> None:
    """Add the case all the same: from now on a list with this name is linked to it."""
    if turn.place["kind"] != "new_erased" or not _looks_at_it(turn):
        return
    case = await _added(turn, _wanted(turn))
    turn.decide(Trace(turn.actor.id, "add", case.ref, "after erasure"))
