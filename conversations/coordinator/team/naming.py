"""Names beside references, in lists of who may see names: forty references on a row are nobody."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.turn import Turn

# Characters of a name beside a reference, on a line and on a button.
LONGEST = 40


async def names(turn: Turn, refs: Sequence[str]) -> dict[str, str]:
    """Return what to put behind each reference: " · Sander de Vries", not escaped; "" where it is not to be seen."""
    found = dict.fromkeys(refs, "")
    for case in await turn.reads.glance(refs):
        name = case.identity.name
        if name and turn.scope.may("names", case):
            found[case.ref] = " · " + (name if len(name) <= LONGEST else name[: LONGEST - 1] + "…")
    return found
