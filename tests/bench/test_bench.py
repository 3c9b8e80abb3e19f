"""The bench works. How fast anything is, is read in what it prints, and never asserted."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.__main__ import WIDTH, bench
from tests.bench.runs import Size


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="the bench reads /proc, which only Linux has")
async def test_the_bench_runs_the_real_program_beside_the_echo_bot(tmp_path: Path) -> None:
    printed = StringIO()
    size = Size(people=5, each=2, paced=5, rate=50)
    runs = await bench(Console(file=printed, width=WIDTH), tmp_path, size, times=1, pin=False)
    assert set(runs["voorzorg"][0].parts) == {"taps", "texts", "all at once"}
    assert set(runs["echo"][0].parts) == set(runs["sniffio"][0].parts) == {"texts", "all at once"}
    for run in (of[0] for of in runs.values()):
        assert all(part.updates == 10 and part.calls for part in run.parts.values())
    for heading in ("Updates a second", "Milliseconds until the answer", "Start and memory", "Lines"):
        assert heading in printed.getvalue()
