"""What tests counted: written down with `record_property`, told at the end of a run, in whichever process it was."""

from __future__ import annotations

# The name under which a test writes down a line.
COUNTED = "counted"
