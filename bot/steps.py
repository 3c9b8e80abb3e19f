"""Steps of the spine, named, before and after each commit and each send.

Fault tests install a hook that ends the process at a step, or writes down which step a kill hit. In normal running
there is no hook, and a step is one comparison.
"""

from __future__ import annotations

from collections.abc import Callable

STEPS = (
    "reception:received",
    "reception:stored",
    "round:begun",
    "round:decided",
    "round:written",
    "round:committed",
    "delivery:chosen",
    "delivery:sending",
    "delivery:sent",
    "delivery:noted",
    "tick:begun",
    "tick:written",
    "tick:committed",
)

hook: Callable[[str], None] | None = None


def step(name: str) -> None:
    """Pass a named step."""
    if hook is not None:
        hook(name)
