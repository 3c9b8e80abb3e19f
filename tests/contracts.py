"""Contracts on imports that import-linter does not bring itself: pyproject.toml names them for `lint-imports`."""

from __future__ import annotations

from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils
from importlinter.domain import helpers


class Only(Contract):
    """The modules of `source_modules` import, of our own packages, only each other and `allowed_modules`.

    New modules are not allowed until somebody says so; a contract that forbids would not know them.
    """

    type_name = "only"

    source_modules = fields.ListField(subfield=fields.ModuleExpressionField())
    allowed_modules = fields.ListField(subfield=fields.ModuleExpressionField())
    own_packages = fields.ListField(subfield=fields.StringField())
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph, verbose):
        """Compare each import of a source with what is allowed."""
        removal = contract_utils.remove_ignored_imports_and_report(
            graph=graph, ignore_imports=self.ignore_imports, unmatched_alerting=contract_utils.AlertLevel.ERROR
        )
        sources, allowed = (
            {module.name for module in helpers.module_expressions_to_modules(graph, expressions, as_packages=True)}
            for expressions in (self.source_modules, self.allowed_modules)
        )
        beyond = [
            (importer, imported)
            for importer in sorted(sources)
            for imported in sorted(graph.find_modules_directly_imported_by(importer) - sources - allowed)
            if imported.partition(".")[0] in self.own_packages
        ]
        return ContractCheck(
            kept=not beyond,
            warnings=list(removal.warnings),
            ignored_import_count=removal.ignored_import_count,
            metadata={"beyond": beyond},
        )

    def render_broken_contract(self, check):
        """Print the imports that are not allowed."""
        for importer, imported in check.metadata["beyond"]:
            output.print_error(f"{importer} is not allowed to import {imported}.")


class NoCircles(Contract):
    """No files import each other in a circle, whatever rooms they are in; imports for type checking count."""

    type_name = "no_circles"

    own_packages = fields.ListField(subfield=fields.StringField())
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph, verbose):
        """Find each group of files of which every one leads to every other."""
        removal = contract_utils.remove_ignored_imports_and_report(
            graph=graph, ignore_imports=self.ignore_imports, unmatched_alerting=contract_utils.AlertLevel.ERROR
        )
        own = {module for module in graph.modules if module.partition(".")[0] in self.own_packages}
        circles, seen = [], set()
        for module in sorted(own):
            if module in seen:
                continue
            above = graph.find_upstream_modules(module) & own
            circle = {other for other in above if module in graph.find_upstream_modules(other)} if above else set()
            if circle - {module}:
                circles.append(sorted(circle | {module}))
                seen |= circle
        return ContractCheck(
            kept=not circles,
            warnings=list(removal.warnings),
            ignored_import_count=removal.ignored_import_count,
            metadata={"circles": circles},
        )

    def render_broken_contract(self, check):
        """Print the files of each circle."""
        for circle in check.metadata["circles"]:
            output.print_error("These files import each other in a circle:")
            for module in circle:
                output.print_error(f"    {module}")
