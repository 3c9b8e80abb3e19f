"""Check-ins after release, as they stand in the schedule: on which days, and what they ask, is data."""

from __future__ import annotations

from typing import Literal, get_args

CheckId = Literal["check_day", "check_week", "check_month", "check_22"]

CHECKS: tuple[CheckId, ...] = get_args(CheckId)
# What was planned by a program before these; and the call where nobody answered one.
HOME, CALL = "home_check", "check_call"
KINDS = frozenset({*CHECKS, HOME, CALL})
