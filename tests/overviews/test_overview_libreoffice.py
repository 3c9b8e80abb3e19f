"""A workbook as LibreOffice writes it: made here by hand after its manner, for it is not on every machine.

What differs from Excel's: texts shared, dates as numbers under formats of its own, a column style on every cell of a
row, sizes of rows, and a long tail of empty styled rows down to the last one of the sheet.
"""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

from tests.overviews.making import HEADINGS, Reader

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"
ContentType="application/xml"/><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override
PartName="/xl/worksheets/sheet1.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override
PartName="/xl/styles.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override
PartName="/xl/sharedStrings.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet {_SPACE}><numFmts count="3"><numFmt numFmtId="164" formatCode="General"/><numFmt numFmtId="165"
formatCode="[$-413]dd/mm/yy"/><numFmt numFmtId="166" formatCode="d\\-m\\-yyyy;@"/></numFmts><fonts count="1"><font><sz
val="10"/><name val="Liberation Sans"/></font></fonts><fills count="1"><fill><patternFill
patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf
numFmtId="164"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="164" xfId="0"/><xf numFmtId="165" xfId="0"/><xf
numFmtId="166" xfId="0"/></cellXfs></styleSheet>"""


def serial(day: date) -> int:
    """Return a day as spreadsheets count it."""
    return (day - date(1899, 12, 30)).days


def libreoffice(rows: list[list[object]], tail: int = 1_048_576) -> bytes:
    """Return a workbook; a date becomes a number under one of two formats, in turn."""
    texts: list[str] = []
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            at = f"{chr(65 + column)}{number}"
            if isinstance(value, date):
                cells.append(f'<c r="{at}" s="{1 + number % 2}"><v>{serial(value)}</v></c>')
            elif isinstance(value, int):
                cells.append(f'<c r="{at}" s="0" t="n"><v>{value}</v></c>')
            elif value is None:
                cells.append(f'<c r="{at}" s="0"/>')
            else:
                texts.append(str(value))
                cells.append(f'<c r="{at}" s="0" t="s"><v>{len(texts) - 1}</v></c>')
        size = 'customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"'
        lines.append(f'<row r="{number}" {size}>{"".join(cells)}</row>')
    lines.append(f'<row r="{tail}" customFormat="false" ht="12.8" hidden="false"><c r="A{tail}" s="1"/></row>')
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet {_SPACE}><sheetPr filterMode="false"/>'
        f'<dimension ref="A1:H{tail}"/><cols><col collapsed="false" hidden="false" max="16384" min="1" style="0" '
        f'width="11.5"/></cols><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )
    shared = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_SPACE} xmlns:r="{_RELATED}"><workbookPr date1904="false"/><sheets><sheet '
        'name="Blad1" sheetId="1" state="visible" r:id="rId3"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{_RELATED}/styles" Target="styles.xml"/><Relationship Id="rId3" '
        f'Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId4" '
        f'Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst {_SPACE} count="{len(texts)}" uniqueCount="{len(texts)}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_an_overview_of_libreoffice_is_read_with_its_dates_texts_and_long_tail(read: Reader) -> None:
    days = (date(2027, 3, 9), date(2027, 4, 1))
    rows: list[list[object]] = [
        ["Zelfmelders week 47"],
        list(HEADINGS),
        ["Z1", "Şükrü", "van 't Hof", 1980, "Assen", "PI Veenhuizen", days[0], 28],
        ["Z2", None, "Bos", 1990, "Súdwest-Fryslân", None, days[1], "6 weken"],
        ["Z3", "Ali", "Doğan", 1985, "Emmen", "PI Leeuwarden", None, 35],
    ]
    found = read(libreoffice(rows))
    assert found.rejected == ()
    assert [(r.number, r.last_name, r.municipality, r.reporting_date, r.sentence_days) for r in found.rows] == [
        ("Z1", "van 't Hof", "Assen", days[0], 28),
        ("Z2", "Bos", "Súdwest-Fryslân", days[1], 42),
        ("Z3", "Doğan", "Emmen", None, 35),
    ]
