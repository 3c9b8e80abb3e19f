"""Ranks: who may invite, send away or end whom: nobody above their own verbs, and nobody outside their own area."""

from __future__ import annotations

from conversations.content.region import Region
from storage.people.staff import ROLES, Member
from storage.scope import GRANTS, PROVINCE, Actor

# The roles that lead somewhere: one without a verb would be an invitation to an empty room.
OPEN_ROLES = tuple(role for role in ROLES if any(GRANTS.get(role, {}).values()))


def invitable(role: str) -> list[str]:
    """Return the roles that can do nothing that this role cannot, for who may look after a team at all."""
    mine = GRANTS.get(role, {})
    if not any("team" in verbs for verbs in mine.values()):
        return []
    # An administrator has keys and settings besides, which no verb of a case stands for.
    others = (other for other in OPEN_ROLES if other != "administrator" or role == "administrator")
    return [
        other
        for other in others
        if all(verbs <= mine.get(reach, frozenset()) for reach, verbs in GRANTS[other].items())
    ]


def within(outer: str, inner: str, region: Region) -> bool:
    """Tell whether an area lies in another, both as they are written for members."""
    if outer in ("all", inner):
        return True
    if not outer.startswith(PROVINCE):
        return False
    return inner in region.municipalities and region.province_of(inner) == outer.removeprefix(PROVINCE)


def may_manage(actor: Actor, member: Member, region: Region) -> bool:
    """Tell whether the actor may invite this member again, arrange their absence and end their access."""
    return member.role in invitable(actor.role) and within(actor.area, member.area, region)
