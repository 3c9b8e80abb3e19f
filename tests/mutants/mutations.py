"""Mutants of a module: its source with one thing wrong, by mutmut's operators and one of our own, a call left out.

Mutmut's own runner leaves out whatever is decorated or stands at a module's top, which here is most of what decides:
properties, what a tap does, the table of who may do what. So only its operators are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string

# What nobody is protected by: words of a log or an error, what only a type checker reads, how a class is made.
_LEFT_OUT = (
    m.Annotation()
    | m.Import()
    | m.ImportFrom()
    | m.Assert()
    | m.Raise()
    | m.Call(func=m.Attribute(value=m.Name("_log")))
    | m.Call(func=m.Attribute(value=m.Call(func=m.Attribute(value=m.Name("logs"), attr=m.Name("get")))))
    | m.Call(func=m.Name("log"))
    | m.Call(func=m.Attribute(attr=m.Name("getLogger")))
    | m.Call(func=m.Name("cast"))
    | m.Decorator(decorator=m.Call(func=m.Name("dataclass") | m.Name("lru_cache")))
    | m.Subscript(value=m.Name("Literal") | m.Name("Callable"))
    | m.SimpleStatementLine(body=[m.Expr(value=m.SimpleString() | m.ConcatenatedString())])
    | m.SimpleStatementLine(body=[m.Assign(value=m.Subscript(value=m.Name("Literal") | m.Name("Callable")))])
    | m.SimpleStatementLine(body=[m.Assign(targets=[m.AssignTarget(target=m.Name("__slots__"))])])
    | m.If(test=m.Name("TYPE_CHECKING"))
)
_CALL = m.SimpleStatementLine(body=[m.Expr(value=m.Call() | m.Await())])
# Calls that take any number of arguments: conditions that hold together.
_ANY_NUMBER = m.Call(func=m.Name("and_") | m.Name("or_") | m.Attribute(attr=m.Name("where")))
_PASS = cst.SimpleStatementLine([cst.Pass()])


@dataclass(frozen=True, slots=True)
class Mutant:
    """One thing wrong: in which function (empty: at the top of the module), at which line, what became of what.

    `body`: the first line of the body of the function or method in which it lies; None where it is run at the start.
    """

    function: str
    line: int
    before: str
    after: str
    body: int | None
    node: cst.CSTNode
    changed: cst.CSTNode

    @property
    def name(self) -> str:
        """What it is called in a report: the function and the change, without the line, which moves."""
        return f"{self.function or 'module'}: {self.before} → {self.after}"


class Source:
    """The source of a module, and its mutants."""

    def __init__(self, text: str) -> None:
        self._wrapper = MetadataWrapper(cst.parse_module(text))
        self._lines = self._wrapper.resolve(PositionProvider)

    @cached_property
    def mutants(self) -> list[Mutant]:
        """Every mutant, in the order of the source."""
        return list(self._under(self._wrapper.module, (), None))

    def with_(self, mutant: Mutant) -> str:
        """Return the source with the one thing wrong."""
        changed = self._wrapper.module.deep_replace(mutant.node, mutant.changed)
        assert isinstance(changed, cst.Module)
        return changed.code

    def _under(self, node: cst.CSTNode, within: tuple[str, ...], body: int | None) -> Iterator[Mutant]:
        if m.matches(node, _LEFT_OUT):
            return
        for changed in _changed(node):
            before, after = _shown(node, changed)
            yield Mutant(".".join(within), self._lines[node].start.line, before, after, body, node, changed)
        inside = within
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            inside = (*within, node.name.value)
        for child in node.children:
            begins = isinstance(node, cst.FunctionDef) and child is node.body
            first = self._lines[child].start.line if begins and body is None else body
            yield from self._under(child, inside, first)


def _changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Return what a node can become."""
    if m.matches(node, _CALL):
        yield _PASS
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            found = list(operator(node))
            if operator is operator_string:
                # The first is enough: another text is another one, whatever its letters.
                found = found[:1]
            elif operator is operator_arg_removal:
                found = [changed for changed in found if _can_be_called(node, changed)]
            yield from found


def _can_be_called(call: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """Tell whether a call that lost an argument may still be one: one that misses is an error that all notice."""
    args, left = cst.ensure_type(call, cst.Call).args, cst.ensure_type(changed, cst.Call).args
    lost = [arg for arg in args if not any(arg is other for other in left)]
    return len(args) == len(left) or lost[0].keyword is not None or m.matches(call, _ANY_NUMBER)


def _shown(before: cst.CSTNode, after: cst.CSTNode) -> tuple[str, str]:
    """Return what was and what is, each on one line."""
    module = cst.Module([])
    was, is_ = (" ".join(module.code_for_node(node).split()) for node in (before, after))
    return was, is_
