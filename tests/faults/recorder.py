"""A flight recorder: what the process was doing, in a small mapped file that a SIGKILL leaves as it is.

The test writes what the process must do (the time, the step to die at) and reads what it did, without asking it.
"""

from __future__ import annotations

import mmap
import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.steps import STEPS
from storage.clock import ShiftedClock

_NUMBER = {name: number for number, name in enumerate(STEPS)}
_BYTES = 4096
# Places in the file, 8 bytes each; the passes of each step come behind them.
_SHIFT, _ARMED, _ARMED_PASS, _LAST, _ON_THE_WAY, _NOTED_AT, _RUNNING_AT, _PASSES = range(8)
_NONE = -1


class Recorder:
    """The mapped file, seen from either side."""

    def __init__(self, path: Path) -> None:
        """Map the file at `path`; an empty one is made when there is none."""
        self.path = path
        if not path.exists():
            path.write_bytes(bytes(_BYTES))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _BYTES)
        self._words = memoryview(self._map).cast("q")

    def close(self) -> None:
        """Let go of the file."""
        self._words.release()
        self._map.close()

    # The test's side.

    def begin(self, step: str | None = None, on_pass: int = 1) -> None:
        """Begin the record of a new process; with `step` it kills itself when it passes that the `on_pass`th time."""
        for at in range(_ARMED, _PASSES + len(STEPS)):
            self._words[at] = 0
        self._words[_LAST] = _NONE
        self._words[_ARMED] = _NONE if step is None else _NUMBER[step]
        self._words[_ARMED_PASS] = on_pass

    @property
    def phase(self) -> str:
        """The last step that was passed, or what came before the first."""
        last = self._words[_LAST]
        if last != _NONE:
            return STEPS[last]
        return "running" if self._words[_RUNNING_AT] else "starting"

    @property
    def on_the_way(self) -> int:
        """How many rows of the outbox had been begun to send and were not yet noted as sent."""
        return self._words[_ON_THE_WAY]

    @property
    def noted_at(self) -> float:
        """When the outbox was last noted, in seconds of `time.monotonic`; 0 for never."""
        return self._words[_NOTED_AT] / 1e9

    @property
    def running_at(self) -> float:
        """When the process had started, in seconds of `time.monotonic`; 0 for not yet."""
        return self._words[_RUNNING_AT] / 1e9

    def passes(self, step: str) -> int:
        """Return how often the process passed a step."""
        return self._words[_PASSES + _NUMBER[step]]

    # The process's side.

    def started(self) -> None:
        """Write down that the program runs."""
        self._words[_RUNNING_AT] = time.monotonic_ns()

    def passed(self, step: str) -> None:
        """Write a step down; the hook of `bot.steps`."""
        number = _NUMBER[step]
        words = self._words
        words[_LAST] = number
        words[_PASSES + number] += 1
        if step == "delivery:sending":
            words[_ON_THE_WAY] += 1
        elif step == "delivery:noted":
            words[_ON_THE_WAY] = 0
            words[_NOTED_AT] = time.monotonic_ns()
        if words[_ARMED] == number and words[_PASSES + number] == words[_ARMED_PASS]:
            os.kill(os.getpid(), signal.SIGKILL)

    # Both sides: the time.

    @property
    def shift(self) -> timedelta:
        """How far the clock stands ahead of the machine's."""
        return timedelta(microseconds=self._words[_SHIFT])

    @shift.setter
    def shift(self, ahead: timedelta) -> None:
        self._words[_SHIFT] = ahead // timedelta(microseconds=1)


class SharedClock:
    """The machine's clock moved forward by the test, for its own process and for the killed ones."""

    def __init__(self, recorder: Recorder, start: datetime | None = None) -> None:
        """Show the time of `recorder`; with `start`, set it to that moment first."""
        self._recorder = recorder
        self._clock = ShiftedClock()
        if start is not None:
            recorder.shift = ShiftedClock(start).shift

    def now(self) -> datetime:
        """Return the shifted moment, aware, in UTC."""
        self._clock.shift = self._recorder.shift
        return self._clock.now()

    def forward_to(self, moment: datetime) -> None:
        """Move to `moment`; raises ValueError when it lies in the past."""
        self.now()
        self._clock.forward_to(moment)
        self._recorder.shift = self._clock.shift
