"""The table of keepers: which effect is kept by what, in the order in which they are written.

What goes out in a chat goes out in this order too: the answer to a tap, what is taken out, the screen, then the rest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.writing.keepers import case, chat, coordination, documents, invitation, overview, phone, team, word
from bot.writing.writing import Writing
from conversations.effects.case import Change, Erase
from conversations.effects.chat import Answer, Show, Sweep, TakeOut
from conversations.effects.coordination import KeepBottleneck, KeepInquiry, KeepMeeting
from conversations.effects.document import Document
from conversations.effects.effect import Effect
from conversations.effects.errand import Errand
from conversations.effects.invitation import Bind, Guess, Invite, Miss, Spend
from conversations.effects.letters import PrintLetters
from conversations.effects.notice import Notice
from conversations.effects.overview import KeepDraft, RecallMessages, TakeOver
from conversations.effects.phone import AnswerPhone, HandChat
from conversations.effects.team import ComeBack, Dismiss, KeepMember, StandIn, Welcome
from conversations.effects.trace import Trace
from conversations.turn import Turn

# Keeps all effects of one kind of a round, each with its turn.
Keeper = Callable[[Writing, Sequence[tuple[Turn, Any]]], Awaitable[None]]


class TwoKeepersError(Exception):
    """Two keepers for one kind of effect."""


def table(*rows: tuple[type[Effect], Keeper]) -> Mapping[type[Effect], Keeper]:
    """Return keepers by the kind of effect, in order; raises TwoKeepersError when a kind has two."""
    keepers: dict[type[Effect], Keeper] = {}
    for kind, keeper in rows:
        if kind in keepers:
            raise TwoKeepersError(kind.__name__)
        keepers[kind] = keeper
    return keepers


KEEPERS = table(
    (Erase, case.keep_erased),
    (Answer, chat.keep_answers),
    (TakeOut, chat.keep_taken_out),
    (Sweep, chat.keep_swept),
    (Show, chat.keep_shown),
    (Change, case.keep_changes),
    (KeepBottleneck, coordination.keep_bottlenecks),
    (Errand, documents.keep_errands),
    (KeepDraft, overview.keep_drafts),
    (TakeOver, overview.keep_taken_over),
    (RecallMessages, overview.keep_recalled),
    (Welcome, team.keep_welcomed),
    (Dismiss, team.keep_dismissed),
    (KeepInquiry, coordination.keep_inquiries),
    (KeepMeeting, coordination.keep_meetings),
    (PrintLetters, documents.keep_letters),
    (ComeBack, team.keep_back),
    (StandIn, team.keep_stand_ins),
    (Invite, invitation.keep_invited),
    (Document, documents.keep_documents),
    (KeepMember, team.keep_members),
    (Miss, invitation.keep_missed),
    (Spend, invitation.keep_spent),
    (Bind, invitation.keep_bound),
    (HandChat, phone.keep_handed),
    (AnswerPhone, phone.keep_answers),
    (Guess, invitation.keep_guessed),
    (Notice, word.keep_notices),
    (Trace, word.keep_traces),
)
