"""Contact with the person of a case, or with many at once: what kind, and who began."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.roles import worker
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.worker.case.case_buttons import deed
from conversations.worker.case.opening import named, opened
from conversations.worker.case.steps import ask, done, in_rows, kept, split
from conversations.worker.today.reasons import in_brief
from storage.case.case import Case

# Cases that the list shows at once.
PAGE = 8


@dataclass(frozen=True, slots=True)
class Way:
    """A way of contact, as the monitoring format tells them apart; `in`: it came from the person."""

    id: str
    kind: str
    direction: str


# Somebody called in vain is no contact, and is told apart.
WAYS = (
    Way("letter_out", "letter", "out"),
    Way("letter_in", "letter", "in"),
    Way("phone_out", "phone", "out"),
    Way("phone_in", "phone", "in"),
    Way("missed", "call_missed", "out"),
    Way("visit", "visit", "out"),
    Way("visit_in", "visit", "in"),
    Way("care", "care", "in"),
)
# Those that may be noted of many cases at once.
MANY = ("letter_out", "missed", "phone_out")


def way_named(way_id: str) -> Way:
    """Return a way by its id; raises StopIteration for one that there is not."""
    return next(way for way in WAYS if way.id == way_id)


def label(turn: Turn, way_id: str) -> str:
    """Return what a way is called."""
    return {
        "letter_out": turn.text("✉️ Letter sent"),
        "letter_in": turn.text("📩 Answer to the letter"),
        "phone_out": turn.text("📞 I called, we spoke"),
        "phone_in": turn.text("📱 They called me"),
        "missed": turn.text("📵 Called, no answer"),
        "visit": turn.text("🚪 I visited, we spoke"),
        "visit_in": turn.text("🏢 They came to us"),
        "care": turn.text("🤝 Through other help"),
    }[way_id]


def keep(turn: Turn, case: Case, way: Way) -> None:
    """Keep contact with a person. Words in both directions count as two-way: who is spoken to, answers."""
    case.reach.contacted(way.kind, way.direction, turn.now)
    if way.id in ("phone_out", "visit"):
        case.reach.contacted(way.kind, "in", turn.now)


deed(15, "contact", lambda turn: turn.text("✅ Note contact"))


@worker.screen("contact")
async def contact(turn: Turn) -> Screen:
    """Ask what kind of contact there was."""
    ref = turn.place["ref"]
    buttons = [Button(label(turn, way.id), "contacted", f"{ref}/{way.id}") for way in WAYS]
    return ask(turn, turn.text("Which contact was there today?"), *in_rows(buttons))


@worker.tap("contact")
async def to_contact(turn: Turn, args: str) -> None:
    """Go and note contact."""
    if case := await opened(turn, args, "change"):
        turn.go("contact", ref=case.ref)


@worker.command("contact")
async def contact_wanted(turn: Turn, args: str) -> None:
    """Note contact with the person of a case."""
    if case := await named(turn, args, "change", "/contact GR-4K7Q2"):
        turn.go("contact", ref=case.ref)


@worker.tap("contacted")
async def contacted(turn: Turn, args: str) -> None:
    """Keep the contact."""
    ref, way_id = split(args, 2)
    if case := await opened(turn, ref, "change"):
        keep(turn, case, way_named(way_id))
        done(turn, case, label(turn, way_id))


# Many at once.


@worker.screen("contact_many")
async def many(turn: Turn) -> Screen:
    """Ask what was done, then with whom: each tap chooses a case or lets it go."""
    back = (Button(turn.text("⬅️ My list"), "today", "0"),)
    way_id = turn.place.get("way")
    if way_id is None:
        buttons = [Button(label(turn, way), "many_way", way) for way in MANY]
        return Screen(turn.text("What did you do? Then choose with whom."), (*in_rows(buttons, 1), back))
    chosen: list[str] = turn.place["chosen"]
    lists = turn.reads.lists(turn.scope, turn.today)
    number = await lists.count("mine")
    page = min(turn.place["page"], max(0, (number - 1) // PAGE))
    shown = await lists.page("mine", page * PAGE, PAGE)
    buttons = [
        Button(f"{'☑️' if case.ref in chosen else '⬜️'} {case.ref} {in_brief(case.name)}".strip(), "many_one", case.ref)
        for case in shown
    ]
    around = [Button("◀️", "many_page", str(page - 1))] if page else []
    if (page + 1) * PAGE < number:
        around.append(Button("▶️", "many_page", str(page + 1)))
    rows = [*in_rows(buttons), *([tuple(around)] if around else [])]
    if chosen:
        rows.append((Button(turn.text("✅ Keep: {number}", number=len(chosen)), "many_keep"),))
    text = turn.text("With whom? Tap on each case. Chosen: {number}.", number=len(chosen))
    return Screen(f"<b>{label(turn, way_id)}</b>\n{text}", (*rows, back))


@worker.tap("contact_many")
async def to_many(turn: Turn, _args: str) -> None:
    """Go and note contact with many."""
    turn.go("contact_many")


@worker.tap("many_way")
async def many_way(turn: Turn, args: str) -> None:
    """Keep what was done."""
    turn.go("contact_many", way=args, chosen=[], page=0)


@worker.tap("many_page")
async def many_page(turn: Turn, args: str) -> None:
    """Show other cases; what was chosen stays chosen."""
    turn.go(**(turn.place | {"page": int(args)}))


@worker.tap("many_one")
async def many_one(turn: Turn, args: str) -> None:
    """Choose a case, or let it go."""
    chosen = [ref for ref in turn.place["chosen"] if ref != args]
    if len(chosen) == len(turn.place["chosen"]):
        chosen.append(args)
    turn.go(**(turn.place | {"chosen": chosen}))


@worker.tap("many_keep")
async def many_keep(turn: Turn, _args: str) -> None:
    """Keep the contact with all that were chosen and are still theirs."""
    way = way_named(turn.place["way"])
    number = 0
    for ref in turn.place["chosen"]:
        if case := await opened(turn, ref, "change"):
            keep(turn, case, way)
            number += 1
    kept(turn, f"{label(turn, way.id)}: {number}")
