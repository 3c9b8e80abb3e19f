"""The child process: reads data as JSON, writes a PDF. Data is data to the template, never part of it.

Run with the name of a template, `templates/<name>.typ`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

from bot.errands.bounds import bound
from bot.errands.documents.glyphs import fonts, printable

# What a document may take at most: seconds of a processor, and bytes of memory.
SECONDS, MEMORY = 15, 2**31


def main() -> None:
    """Typeset one document."""
    bound(SECONDS, MEMORY)
    template = Path(__file__).parent / "templates" / f"{sys.argv[1]}.typ"
    data = json.dumps(printable(json.load(sys.stdin)), ensure_ascii=False)
    pdf = typst.compile(template, format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", font_paths=[fonts()])
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
