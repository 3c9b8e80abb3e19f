"""The child process that makes the monitoring workbook: cases, figures as formulas over them, charts, a codebook.

Whatever is text is text to the spreadsheet too: nothing that comes from outside is ever taken for a formula.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.errands.bounds import bound

# What a workbook may take at most: seconds of a processor, and bytes of memory.
SECONDS, MEMORY = 60, 2**31
# Counts that stand as such in the rows, and are added up.
SUMS = ("actions_due", "actions_in_time")
# Rates that stand per municipality.
PER_PLACE = ("letter_response", "contact", "action_after_contact", "action", "known", "plan", "reported")
# What a spreadsheet may take for a formula, also behind spaces and line ends (OWASP, CSV injection).
_FORMULA = re.compile(r"^[\s\u00a0\u200b\ufeff]*[=+\-@\t\r|]|[\r\n][\s\u00a0]*[=+\-@|]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HEAD = PatternFill("solid", fgColor="DDE7F0")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def plain(value: Any) -> Any:
    """Return a value as it stands in a cell: text that looks like a formula begins with an apostrophe."""
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)
    return f"'{text}" if _FORMULA.search(text) else text


def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Put a value of somebody's into a cell, never as a formula."""
    cell = sheet.cell(row, column)
    text = plain(value)
    cell.value = text
    if isinstance(text, str):
        cell.data_type = "s"


def _heads(sheet: Worksheet, names: list[str], widths: list[int]) -> None:
    for at, name in enumerate(names, start=1):
        put(sheet, 1, at, name)
        cell = sheet.cell(1, at)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = widths[at - 1]
    sheet.freeze_panes = "B2"


class Formulas:
    """Counts as formulas over the sheet of cases."""

    def __init__(self, sheet: str, keys: list[str], rows: int) -> None:
        self._sheet, self._keys, self._last = sheet, keys, max(2, rows + 1)

    def range(self, key: str) -> str:
        """Return a column of the cases."""
        letter = get_column_letter(self._keys.index(key) + 1)
        return f"'{self._sheet}'!${letter}$2:${letter}${self._last}"

    def count(self, count: str, place: str | None = None) -> str:
        """Return a count (storage/figures/indicators.py) as a formula; `place`: the cell with the municipality."""
        here = f",{self.range('municipality')},{place}" if place else ""
        if count in SUMS:
            if place is None:
                return f"SUM({self.range(count)})"
            return f"SUMIFS({self.range(count)},{self.range('municipality')},{place})"
        if count == "cases":
            return f'COUNTIFS({self.range("ref")},"<>"{here})'
        return f"COUNTIFS({','.join(self._term(term) for term in count.split(' & '))}{here})"

    def _term(self, term: str) -> str:
        name, _, value = term.lstrip("~?!").partition("=")
        wanted = {"~": "0", "?": '"<>"', "!": '"="'}.get(term[0], "1")
        if value:
            wanted = f'"<>{value}"' if term[0] == "~" else f'"{value}"'
        return f"{self.range(name)},{wanted}"


def _cases(sheet: Worksheet, data: dict[str, Any]) -> None:
    _heads(sheet, [heading for _, heading, _ in data["columns"]], [16] * len(data["columns"]))
    for at, row in enumerate(data["rows"], start=2):
        for column, value in enumerate(row, start=1):
            if isinstance(value, str) and _DAY.match(value):
                sheet.cell(at, column).value = date.fromisoformat(value)
            elif value is not None and value != "":
                put(sheet, at, column, value)
    sheet.auto_filter.ref = sheet.dimensions


def _figures(sheet: Worksheet, data: dict[str, Any], formulas: Formulas) -> None:
    words = data["words"]
    names = [words[name] for name in ("figure", "numerator", "denominator", "percent", "target", "met", "unknown")]
    _heads(sheet, names, [48, 10, 10, 10, 10, 10, 10])
    put(sheet, 2, 1, words["cases"])
    sheet.cell(2, 2).value = f"={formulas.count('cases')}"
    for at, (_, name, numerator, denominator, target, counted, unknown) in enumerate(data["indicators"], start=3):
        put(sheet, at, 1, name)
        for column, count in ((2, numerator), (3, denominator)):
            sheet.cell(at, column).value = counted[column - 2] if counted else f"={formulas.count(count)}"
        sheet.cell(at, 4).value = f'=IF(COUNT(B{at}:C{at})<2,"",IF(C{at}=0,"",B{at}/C{at}))'
        sheet.cell(at, 4).number_format = "0%"
        if unknown is not None:
            sheet.cell(at, 7).value = counted[2] if counted else f"={formulas.count(unknown)}"
        if target is not None:
            sheet.cell(at, 5).value = target / 100
            sheet.cell(at, 5).number_format = "0%"
            sheet.cell(at, 6).value = f'=IF(D{at}="","",IF(D{at}>=E{at},"{words["yes"]}","{words["no"]}"))'
    last = len(data["indicators"]) + 2
    put(sheet, last + 2, 1, data["title"])
    put(sheet, last + 3, 1, words["note"])
    chart = BarChart()
    chart.type, chart.title, chart.style = "bar", data["title"], 10
    chart.add_data(Reference(sheet, min_col=4, min_row=3, max_row=13))
    chart.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=13))
    chart.legend, chart.height, chart.width = None, 11, 20
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format, chart.x_axis.scaling.orientation = "0%", "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, "I2")


def _places(sheet: Worksheet, data: dict[str, Any], formulas: Formulas) -> None:
    words, keys = data["words"], [key for key, _, _ in data["columns"]]
    shown = [one for one in data["indicators"] if one[0] in PER_PLACE]
    heads = [words["municipality"], words["cases"]]
    for _, name, *_, unknown in shown:
        heads += [f"{name}: {words['numerator']}", f"{name}: {words['denominator']}", f"{name} %"]
        heads += [f"{name}: {words['unknown']}"] if unknown else []
    _heads(sheet, heads, [24, 8] + [14] * (len(heads) - 2))
    names = sorted({row[keys.index("municipality")] for row in data["rows"]})
    for at, name in enumerate(names, start=2):
        put(sheet, at, 1, name)
        sheet.cell(at, 2).value = f"={formulas.count('cases', f'$A{at}')}"
        column = 3
        for _, _, numerator, denominator, *_, unknown in shown:
            top, bottom = get_column_letter(column), get_column_letter(column + 1)
            sheet.cell(at, column).value = f"={formulas.count(numerator, f'$A{at}')}"
            sheet.cell(at, column + 1).value = f"={formulas.count(denominator, f'$A{at}')}"
            cell = sheet.cell(at, column + 2)
            cell.value, cell.number_format = f'=IF({bottom}{at}=0,"",{top}{at}/{bottom}{at})', "0%"
            column += 3
            if unknown:
                sheet.cell(at, column).value = f"={formulas.count(unknown, f'$A{at}')}"
                column += 1
    if names:
        chart = BarChart()
        chart.type, chart.title, chart.legend = "bar", words["cases"], None
        chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=len(names) + 1))
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=len(names) + 1))
        chart.height, chart.x_axis.scaling.orientation = max(6, len(names) * 0.7), "maxMin"
        chart.x_axis.delete = chart.y_axis.delete = False
        sheet.add_chart(chart, f"A{len(names) + 4}")


def _measures(sheet: Worksheet, of: dict[str, Any], formulas: Formulas) -> None:
    """Fill a sheet of measures (conversations.figures.weighing): texts, counts as lists, "%" of the two before."""
    _heads(sheet, of["heads"], [36] + [16] * (len(of["heads"]) - 1))
    for at, row in enumerate(of["rows"], start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            if isinstance(value, list):
                cell.value = f"={formulas.count(value[0])}"
            elif value == "%":
                top, bottom = (f"{get_column_letter(column - back)}{at}" for back in (2, 1))
                cell.value, cell.number_format = f'=IF({bottom}=0,"",{top}/{bottom})', "0%"
            else:
                put(sheet, at, column, value)
    put(sheet, len(of["rows"]) + 3, 1, of["note"])


def _codebook(sheet: Worksheet, data: dict[str, Any]) -> None:
    words = data["words"]
    _heads(sheet, [words["column"], words["heading"], words["means"]], [20, 40, 70])
    for at, row in enumerate(
        [*data["columns"], *([one[0], one[1], f"{one[2]} / {one[3]}"] for one in data["indicators"])], start=2
    ):
        for column, value in enumerate(row, start=1):
            put(sheet, at, column, value)


def workbook(data: dict[str, Any]) -> bytes:
    """Return a workbook (conversations/figures/monitoring_format.py)."""
    book, words = Workbook(), data["words"]
    cases = book.active
    assert isinstance(cases, Worksheet)
    cases.title = words["cases"]
    formulas = Formulas(words["cases"], [key for key, _, _ in data["columns"]], len(data["rows"]))
    _cases(cases, data)
    if data["indicators"]:
        _figures(book.create_sheet(words["figures"], 0), data, formulas)
        _places(book.create_sheet(words["places"], 1), data, formulas)
        book.active = 0
    for number, of in enumerate(data["measures"], start=2):
        _measures(book.create_sheet(of["name"], number), of, formulas)
    _codebook(book.create_sheet(words["codebook"]), data)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def main() -> None:
    """Make one workbook of JSON."""
    bound(SECONDS, MEMORY)
    sys.stdout.buffer.write(workbook(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
