"""What became of mutants, kept in a file: a run can be broken off, and goes on where it was.

What was noticed stays so until its module changes; what lives is tried again, as tests are written for it.
"""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path

from tests.mutants.mutations import Mutant
from tests.mutants.trials import NOT_PLACED, NOTICED


class Kept:
    """The mutants of one module as it stands, and what became of each so far."""

    def __init__(self, file: Path, mutants: list[Mutant]) -> None:
        self._file = file
        self._mutants = dict(zip(_keys(mutants), mutants, strict=True))
        self._keys = {id(mutant): key for key, mutant in self._mutants.items()}
        lines = file.read_text().splitlines() if file.exists() else []
        self._became: dict[str, int] = dict(json.loads(line) for line in lines)

    @classmethod
    def of(cls, folder: Path, module: str, mutants: list[Mutant]) -> Kept:
        """Return what is kept of a module."""
        state = hashlib.sha256(_without_words(Path(module).read_text()).encode()).hexdigest()[:16]
        return cls(folder / f"{module.replace('/', '.')}.{state}.jsonl", mutants)

    def note(self, mutant: Mutant, status: int) -> None:
        """Write down what became of one."""
        key = self._keys[id(mutant)]
        self._became[key] = status
        with self._file.open("a") as file:
            file.write(json.dumps([key, status]) + "\n")

    def alive(self) -> list[Mutant]:
        """Return those that no test has noticed yet."""
        return [mutant for key, mutant in self._mutants.items() if self._became.get(key) != NOTICED]

    def is_not_placed(self, mutant: Mutant) -> bool:
        """Tell whether a mutant could not be tried in place."""
        return self._became.get(self._keys[id(mutant)]) == NOT_PLACED


def _without_words(text: str) -> str:
    """Return what a source says to the machine: another comment or docstring changes nothing that was noticed."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [part for part in node.body if not _is_words(part)]
    return ast.dump(tree)


def _is_words(part: ast.stmt) -> bool:
    return isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) and isinstance(part.value.value, str)


def _keys(mutants: list[Mutant]) -> list[str]:
    """Return a key for each mutant of a module: its name, and which one of that name it is."""
    seen: dict[str, int] = {}
    found = []
    for mutant in mutants:
        seen[mutant.name] = seen.get(mutant.name, 0) + 1
        found.append(f"{mutant.name} #{seen[mutant.name]}")
    return found
