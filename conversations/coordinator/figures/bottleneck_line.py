"""The bottlenecks in one line of figures: how many stand open, what they are about most, how long one has no owner.

Only a theme stands in it, never what somebody wrote: a text may name a person, and a figure goes further than its list.
"""

from __future__ import annotations

from collections import Counter

from conversations.turn import Turn
from conversations.words.wording import escape


async def in_the_way(turn: Turn) -> str | None:
    """Return the line of the area of who acts, without improvements; None where no bottleneck stands open."""
    told = await turn.reads.coordination(turn.scope).bottlenecks()
    standing = [one for one in told if one.kind == "bottleneck" and one.status != "solved"]
    if not standing:
        return None
    parts = [turn.words.plural("🧱 1 bottleneck open", "🧱 {number} bottlenecks open", len(standing))]
    themes = Counter(one.theme for one in standing if one.theme is not None)
    if themes:
        most = max(themes.values())
        first = min(turn.content.themes.name(turn.words, theme) for theme, times in themes.items() if times == most)
        parts.append(turn.text("most: {theme} ({number}×)", theme=escape(first), number=most))
    # Somebody who has left the team sees to nothing any more.
    owners = {owner for one in standing if (owner := one.owner) and await turn.reads.staff(owner)}
    waiting = [one.at for one in standing if one.owner not in owners]
    if waiting:
        days = (turn.today - min(waiting).astimezone(turn.content.zone).date()).days
        text = turn.text("the oldest without an owner: since today")
        if days:
            text = turn.words.plural(
                "the oldest without an owner: 1 day", "the oldest without an owner: {number} days", days
            )
        parts.append(text)
    return " · ".join(parts)
