"""All repositories of one database, sealing with its vault."""

from __future__ import annotations

from dataclasses import dataclass

from storage.bottlenecks import Bottlenecks
from storage.cases import Cases
from storage.chats import Chats
from storage.erasure import ErasureLedger
from storage.inquiries import Inquiries
from storage.invitations import Invitations
from storage.staff import Team
from storage.vault import Vault


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
