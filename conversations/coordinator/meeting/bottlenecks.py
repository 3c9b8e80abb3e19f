"""Bottlenecks of many, by theme: who sees to each, and who told it hears when it is solved."""

from __future__ import annotations

from collections import defaultdict

from conversations.coordinator.team.assigning import pages
from conversations.effects.coordination import KeepBottleneck
from conversations.effects.notice import Notice
from conversations.roles import coordinator
from conversations.screen import Button, Screen
from conversations.turn import Turn
from conversations.words.typed import too_long
from conversations.words.wording import escape, unlinked
from conversations.worker.case.steps import in_rows
from storage.coordination.bottlenecks import Bottleneck

# Themes and bottlenecks on one screen, and characters of each in a list and of a typed theme.
PAGE, SNIPPET, LONGEST_THEME = 6, 90, 40
_ORDER = ("open", "taken", "solved")
_SIGNS = {"open": "🔴", "taken": "🟡", "solved": "✅"}


def _name(turn: Turn, theme: str | None) -> str:
    return turn.content.themes.name(turn.words, theme)


def _status(turn: Turn, status: str) -> str:
    return {"open": turn.text("open"), "taken": turn.text("taken up"), "solved": turn.text("solved")}[status]


async def _by_theme(turn: Turn) -> list[tuple[str | None, list[Bottleneck]]]:
    """Return the bottlenecks of each theme: without a theme first, then those with the most that stands open."""
    found: dict[str | None, list[Bottleneck]] = defaultdict(list)
    for one in await turn.reads.coordination(turn.scope).bottlenecks():
        found[one.theme].append(one)

    def rank(item: tuple[str | None, list[Bottleneck]]) -> tuple[bool, int, str]:
        theme, told = item
        return theme is not None, -sum(one.status != "solved" for one in told), theme or ""

    return sorted(found.items(), key=rank)


@coordinator.screen("bottlenecks")
async def bottlenecks(turn: Turn) -> Screen:
    """Show the themes, with how often each was told and how it stands."""
    themes = await _by_theme(turn)
    page = min(turn.place.get("page", 0), max(0, (len(themes) - 1) // PAGE))
    lines = [turn.text("🧱 <b>Bottlenecks and improvements</b>")]
    buttons = []
    for n, (theme, told) in enumerate(themes[page * PAGE : (page + 1) * PAGE], start=page * PAGE + 1):
        times = turn.words.plural("{number} time", "{number} times", len(told))
        counts = [
            f"{_SIGNS[status]} {number}" for status in _ORDER if (number := sum(one.status == status for one in told))
        ]
        lines.append(f"{n}. <b>{escape(_name(turn, theme))}</b> · {times} · {' '.join(counts)}")
        buttons.append(Button(str(n), "theme", f"0/{told[0].id}"))
    if not themes:
        lines.append(turn.text("Nobody has told anything yet. Workers do so with /knelpunt."))
    rows = (*in_rows(buttons, 4), *pages("bottlenecks", page, len(themes), PAGE))
    ways = (Button(turn.text("📊 Figures"), "monitor"), Button(turn.text("⬅️ My list"), "today", "0"))
    return Screen("\n".join(lines), (*rows, ways))


@coordinator.command("knelpunten", "bottlenecks")
async def wanted(turn: Turn, _args: str) -> None:
    """Show what stands in the way."""
    turn.go("bottlenecks")


@coordinator.tap("bottlenecks")
async def to_bottlenecks(turn: Turn, args: str) -> None:
    """Go to the themes."""
    turn.go("bottlenecks", page=int(args or 0))


@coordinator.tap("theme")
async def to_theme(turn: Turn, args: str) -> None:
    """Go to the theme of one of them."""
    page, bottleneck_id = args.split("/", 1)
    one = await turn.reads.coordination(turn.scope).bottleneck(bottleneck_id)
    turn.go("theme", of=one.id, page=int(page))


@coordinator.screen("theme")
async def theme(turn: Turn) -> Screen:
    """Show what was told under one theme, what stands open first."""
    coordination = turn.reads.coordination(turn.scope)
    wanted_theme = (await coordination.bottleneck(turn.place["of"])).theme
    told = [one for one in await coordination.bottlenecks() if one.theme == wanted_theme]
    told.sort(key=lambda one: _ORDER.index(one.status))
    page = min(turn.place["page"], max(0, (len(told) - 1) // PAGE))
    lines = [f"🧱 <b>{escape(_name(turn, wanted_theme))}</b>"]
    buttons = []
    for n, one in enumerate(told[page * PAGE : (page + 1) * PAGE], start=page * PAGE + 1):
        text = one.text if len(one.text) <= SNIPPET else one.text[:SNIPPET] + "…"
        kind = "💡 " if one.kind == "improvement" else ""
        lines.append(f"{n}. {_SIGNS[one.status]} {kind}{unlinked(text)} · {escape(one.municipality)}")
        buttons.append(Button(str(n), "blocks", one.id))
    rows = (*in_rows(buttons, 4), *pages("theme", page, len(told), PAGE, f"/{turn.place['of']}"))
    return Screen("\n".join(lines), (*rows, (Button(turn.text("⬅️ All themes"), "bottlenecks", "0"),)))


async def _named(turn: Turn, member_id: str | None) -> str:
    found = await turn.reads.staff(member_id) if member_id else None
    return found.name if found else turn.text("a former colleague")


@coordinator.screen("blocks")
async def blocks(turn: Turn) -> Screen:
    """Show one: what was told, how it stands, and what can be done."""
    one = await turn.reads.coordination(turn.scope).bottleneck(turn.place["of"])
    kind = turn.text("💡 It would help") if one.kind == "improvement" else turn.text("🧱 It stands in the way")
    lines = [
        f"<b>{kind}</b> · {escape(_name(turn, one.theme))}",
        unlinked(one.text),
        "",
        f"{escape(one.municipality)} · {escape(await _named(turn, one.by))}, {turn.words.moment(one.at)}",
    ]
    state = f"{_SIGNS[one.status]} {_status(turn, one.status)}"
    if one.owner:
        state += " · 👤 " + escape(await _named(turn, one.owner))
    lines.append(state)
    buttons = [Button(turn.text("🏷 Theme"), "give_theme", one.id)]
    if one.status == "open" or (one.status == "taken" and one.owner != turn.actor.id):
        buttons.append(Button(turn.text("🙋 I take it up"), "take_up", one.id))
    if one.status != "solved":
        buttons.append(Button(turn.text("✅ It is solved"), "solve", one.id))
    else:
        buttons.append(Button(turn.text("↩️ Open again"), "reopen", one.id))
    return Screen("\n".join(lines), (*in_rows(buttons), (Button(turn.text("⬅️ Back"), "theme", f"0/{one.id}"),)))


@coordinator.tap("blocks")
async def to_blocks(turn: Turn, args: str) -> None:
    """Go to one of them."""
    one = await turn.reads.coordination(turn.scope).bottleneck(args)
    turn.go("blocks", of=one.id)


def _changed(turn: Turn, one: Bottleneck, note: str) -> None:
    turn.decide(KeepBottleneck(one))
    turn.go("changed", note=f"✅ {note}", of=one.id)


@coordinator.screen("changed")
async def changed(turn: Turn) -> Screen:
    """Show the ways on: what is read in this turn is still as it was before it."""
    of = turn.place["of"]
    ways = (Button(turn.text("👀 Show"), "blocks", of), Button(turn.text("⬅️ All themes"), "bottlenecks", "0"))
    return Screen(turn.text("Who told it hears when it is solved."), (ways,))


@coordinator.tap("take_up")
async def take_up(turn: Turn, args: str) -> None:
    """See to it oneself."""
    one = await turn.reads.coordination(turn.scope).bottleneck(args)
    one.status, one.owner = "taken", turn.actor.id
    _changed(turn, one, turn.text("You see to it."))


@coordinator.tap("solve")
async def solve(turn: Turn, args: str) -> None:
    """Say that it is solved; who told it hears that, once."""
    one = await turn.reads.coordination(turn.scope).bottleneck(args)
    if one.status != "solved":
        one.status, one.owner = "solved", one.owner or turn.actor.id
        turn.decide(Notice(("staff", one.by), "solved", "told", one.id))
    _changed(turn, one, turn.text("Solved. Who told it hears it."))


@coordinator.tap("reopen")
async def reopen(turn: Turn, args: str) -> None:
    """It is not solved after all."""
    one = await turn.reads.coordination(turn.scope).bottleneck(args)
    one.status = "taken" if one.owner else "open"
    _changed(turn, one, turn.text("It stands open again."))


# The theme.


@coordinator.tap("give_theme")
async def to_give_theme(turn: Turn, args: str) -> None:
    """Choose a theme."""
    one = await turn.reads.coordination(turn.scope).bottleneck(args)
    turn.go("give_theme", of=one.id)


async def _typed_themes(turn: Turn) -> list[str]:
    """Return the themes that coordinators of the area typed, so that the same can be given again."""
    known = {one.id for one in turn.content.themes.themes}
    found = {theme for theme, _ in await _by_theme(turn) if theme is not None and theme not in known}
    return sorted(found)[:PAGE]


@coordinator.screen("give_theme")
async def give_theme(turn: Turn) -> Screen:
    """Ask what it is about."""
    one = await turn.reads.coordination(turn.scope).bottleneck(turn.place["of"])
    ids = [known.id for known in turn.content.themes.themes]
    buttons = [Button(_name(turn, theme), "theme_is", f"{n}") for n, theme in enumerate(ids)]
    buttons += [Button(theme, "theme_typed", f"{n}") for n, theme in enumerate(await _typed_themes(turn))]
    text = turn.text("What is it about? What has the same theme is one. Tap, or type a theme. No names.")
    return Screen(text, (*in_rows(buttons), (Button(turn.text("⬅️ Back"), "blocks", one.id),)))


async def _give(turn: Turn, theme: str) -> None:
    one = await turn.reads.coordination(turn.scope).bottleneck(turn.place["of"])
    one.theme = theme
    _changed(turn, one, turn.text("Theme: {theme}.", theme=_name(turn, theme)))


@coordinator.tap("theme_is")
async def theme_is(turn: Turn, args: str) -> None:
    """Give a theme of the list."""
    themes = turn.content.themes.themes
    if turn.place["kind"] == "give_theme" and int(args) < len(themes):
        await _give(turn, themes[int(args)].id)


@coordinator.tap("theme_typed")
async def theme_typed(turn: Turn, args: str) -> None:
    """Give a theme that was typed before."""
    themes = await _typed_themes(turn)
    if turn.place["kind"] == "give_theme" and int(args) < len(themes):
        await _give(turn, themes[int(args)])


@coordinator.typed("give_theme")
async def typed(turn: Turn, text: str) -> None:
    """Give a theme of one's own; one of the list that is typed is that one."""
    if too_long(turn, text, LONGEST_THEME):
        return
    turn.delete(turn.message_id)
    text = " ".join(text.split())
    known = (one.id for one in turn.content.themes.themes if _name(turn, one.id).casefold() == text.casefold())
    alike = (theme for theme in await _typed_themes(turn) if theme.casefold() == text.casefold())
    await _give(turn, next(known, None) or next(alike, text))
