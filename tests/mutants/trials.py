"""A trial: the nearest tests in a process of its own in which one thing is wrong.

Nothing is written to the source. One process has imported everything and collected the tests; it is forked for each
mutant, and there the code of one function is put in place. What stands at the top of a module, or is run when it is
imported, is tried in a process that imports the mutant from the start: tables and registrations are made of it there.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest

from tests.mutants.mutations import Mutant, Source
from tests.mutants.reached import Only, Reached

# A test that takes so many times what it takes without a mutant, and some seconds, goes on for ever: that is noticed.
# Each has its own end: all of them together may take minutes, which is long to wait for a loop that never ends.
PATIENCE, AT_LEAST = 10, 30
LIVES, NOTICED, NOT_PLACED = range(3)
# How tests are run in a trial: silently, and with the same examples each time.
OPTIONS = (
    *("-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


def forked(work: Callable[[], int]) -> int:
    """Return the process that does this, silently and with a folder of its own, and ends with what it returns."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    status = NOTICED
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            status = work()
    finally:
        os._exit(status)


def each(
    mutants: Iterable[Mutant], trial: Callable[[Mutant], int], note: Callable[[Mutant, int], None], jobs: int
) -> None:
    """Try mutants, so many at a time, and note of each what came of it as soon as it ends."""
    running: dict[int, Mutant] = {}

    def ended() -> None:
        pid, status = os.wait()
        # A process that was ended by a signal had gone on for ever, or had lost its way.
        note(running.pop(pid), os.WEXITSTATUS(status) if os.WIFEXITED(status) else NOTICED)

    for mutant in mutants:
        if len(running) >= jobs:
            ended()
        running[forked(lambda mutant=mutant: trial(mutant))] = mutant  # type: ignore[misc]
    while running:
        ended()


class InPlace:
    """A plugin that, instead of running the tests that were collected, tries each mutant with those that reach it."""

    def __init__(
        self,
        module: str,
        source: Source,
        mutants: list[Mutant],
        reached: Reached,
        note: Callable[[Mutant, int], None],
        jobs: int,
    ) -> None:
        self._module, self._source, self._mutants = module, source, mutants
        self._reached, self._note, self._jobs = reached, note, jobs

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try them all."""
        items = {item.nodeid: item for item in session.items}
        name = _dotted(self._module)
        functions = [f for f in gc.get_objects() if isinstance(f, FunctionType) and f.__module__ == name]

        def trial(mutant: Mutant) -> int:
            if not _placed(functions, self._source.with_(mutant), mutant.function):
                return NOT_PLACED
            tests = self._reached.by(mutant.line, mutant.body)
            chosen = [items[test] for test in tests]
            for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                signal.alarm(_patience([item.nodeid], self._reached))
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    return NOTICED
            return LIVES

        each(self._mutants, trial, self._note, self._jobs)
        return True


def imported(module: str, source: Source, mutant: Mutant, reached: Reached) -> int:
    """Import the mutant instead of the module, and run the tests that reach it."""
    sys.meta_path.insert(0, _Instead(module, source.with_(mutant)))
    tests = reached.by(mutant.line, mutant.body)
    signal.alarm(_patience(tests, reached))
    files = sorted({test.partition("::")[0] for test in tests})
    code = pytest.main([*files, "-x", *OPTIONS], plugins=[Only(tests)])
    return LIVES if code == pytest.ExitCode.OK else NOTICED


def _dotted(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".")


def _patience(tests: list[str], reached: Reached) -> int:
    return int(AT_LEAST + PATIENCE * sum(reached.seconds.get(test, 0) for test in tests))


def _placed(functions: list[FunctionType], text: str, name: str) -> bool:
    """Put the code of one function of a source in place; False when there is no such function, or not one that fits."""
    found = False
    for outer, code in _codes(compile(text, "mutant", "exec")):
        if name == outer or name.startswith(f"{outer}."):
            for function in functions:
                if function.__code__.co_qualname == outer and function.__code__.co_freevars == code.co_freevars:
                    function.__code__ = code
                    found = True
    return found


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Return the code of each function and method, by its name."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType) and "<" not in inner.co_qualname:
            yield inner.co_qualname, inner
            yield from _codes(inner)


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A finder that gives another source for one module."""

    def __init__(self, module: str, text: str) -> None:
        self._name = _dotted(module)
        self._file, self._text = str(Path(module).absolute()), text

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return how the one is loaded."""
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the other source."""
        exec(compile(self._text, self._file, "exec"), module.__dict__)
