"""Which tests reach which lines of a module, and how long each takes: a mutant is shown only to those that meet it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from coverage import Coverage

# The same test on the other database says the same, and a server takes a second to begin.
_OTHER_DATABASE = "[postgresql"


@dataclass
class Reached:
    """What a run of the tests as they are has shown: seconds by test, and tests by line."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests: dict[int, set[str]] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return it as JSON."""
        return json.dumps([self.seconds, {line: sorted(tests) for line, tests in self.tests.items()}])

    @classmethod
    def from_json(cls, text: str) -> Reached:
        """Return what `as_json` gave."""
        seconds, tests = json.loads(text)
        return cls(seconds, {int(line): set(names) for line, names in tests.items()})

    def by(self, line: int, body: int | None) -> list[str]:
        """Return the tests that reach a line: all of them where it is run at the start.

        One of each function comes first, of the quickest function, then another of each: what one case of a test does
        not notice, its next one seldom does. `body`: the first line of the function in which the line lies. A line
        within a statement counts as the one before it.
        """
        met = self._met(line, body)
        known = sorted(self.seconds if met is None or "" in met else met)
        Random(0).shuffle(known)
        seen: Counter[str] = Counter()
        order: dict[str, tuple[int, float]] = {}
        for test in known:
            function, _, _ = test.partition("[")
            order[test] = (seen[function], self.seconds[test])
            seen[function] += 1
        return sorted(known, key=order.__getitem__)

    def at_start(self, line: int, body: int | None) -> bool:
        """Tell whether a line is run when its module is imported, or lies in what was made then: a function in one."""
        return body is None or any("" in self.tests.get(at, ()) for at in range(body, line + 1))

    def _met(self, line: int, body: int | None) -> set[str] | None:
        if body is None:
            return None
        return next((self.tests[at] for at in range(line, body - 1, -1) if at in self.tests), set())


class Recording:
    """A plugin that notes, for each test, how long it took and which lines of the module it reached."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._coverage = Coverage(
            data_file=None, include=[module], config_file=False, concurrency=["greenlet", "thread"], messages=False
        )
        self.reached = Reached()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what runs on the other database."""
        items[:] = [item for item in items if _OTHER_DATABASE not in item.nodeid]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Note what a test reaches."""
        began = time.perf_counter()
        self._coverage.switch_context(item.nodeid)
        result = yield
        self.reached.seconds[item.nodeid] = time.perf_counter() - began
        return result

    def run(self, tests: Sequence[str], options: Sequence[str]) -> Reached:
        """Run the tests and return what they reached; raises RuntimeError when one fails without a mutant."""
        self._coverage.start()
        code = pytest.main([*tests, *options], plugins=[self])
        self._coverage.stop()
        if code != pytest.ExitCode.OK:
            raise RuntimeError(f"The tests of {self._module} fail as they are: {' '.join(tests)}")
        data = self._coverage.get_data()
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                self.reached.tests[line] = set(contexts)
        return self.reached


class Only:
    """A plugin that runs these tests only, in this order."""

    def __init__(self, tests: list[str]) -> None:
        self._order = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what is wanted."""
        items[:] = sorted((i for i in items if i.nodeid in self._order), key=lambda item: self._order[item.nodeid])
