"""Effects that hang from no case: what stands in the way of many, questions of colleagues, meetings."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.effects.effect import Effect
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.coordination.meetings import Meeting


@dataclass(frozen=True, slots=True, repr=False)
class KeepBottleneck(Effect):
    """What stands in the way and what would help, told or changed."""

    bottleneck: Bottleneck


@dataclass(frozen=True, slots=True, repr=False)
class KeepInquiry(Effect):
    """A question of a colleague, or what became of it."""

    inquiry: Inquiry


@dataclass(frozen=True, slots=True)
class KeepMeeting(Effect):
    """An intake meeting that was held."""

    meeting: Meeting
