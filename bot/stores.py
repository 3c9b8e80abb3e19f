"""Stores: all repositories of one database, sealing with its vault."""

from __future__ import annotations

from dataclasses import dataclass

from storage.case.cases import Cases
from storage.coordination.bottlenecks import Bottlenecks
from storage.coordination.inquiries import Inquiries
from storage.keys.erasure import ErasureLedger
from storage.keys.vault import Vault
from storage.people.chats import Chats
from storage.people.invitations import Invitations
from storage.people.staff import Team


@dataclass(frozen=True, slots=True)
class Stores:
    """All repositories of one database."""

    vault: Vault
    cases: Cases
    chats: Chats
    team: Team
    invitations: Invitations
    bottlenecks: Bottlenecks
    inquiries: Inquiries
    # What was erased at own request: no overview is weighed without it.
    erasures: ErasureLedger | None = None

    @classmethod
    def of(cls, vault: Vault, erasures: ErasureLedger | None = None) -> Stores:
        """Return the repositories that seal with this vault."""
        return cls(
            vault,
            Cases(vault.ring, lambda number: vault.blind("overview", number)),
            Chats(vault),
            Team(vault.ring),
            Invitations(vault),
            Bottlenecks(vault.ring),
            Inquiries(vault.ring),
            erasures,
        )
