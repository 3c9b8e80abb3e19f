"""The real program in a process that can be killed: everything is loaded once, then each life is a fork of it.

Started with the number of a pipe that closes when the tests end. Writes its own number once it is ready. Reads a life a
line, as JSON: the files of the recorder and of the log, and the environment; writes its number, and how it ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from bot import logs, steps
from bot.cli.running import only_process, serve
from bot.settings import Settings
from tests.faults.recorder import Recorder, SharedClock


def _end_with_the_tests(lifeline: int) -> None:
    # Nobody writes to this pipe: reading ends when its other end is closed, however the tests ended.
    os.read(lifeline, 1)
    os._exit(1)


def live(life: dict[str, Any], lifeline: int) -> None:
    """Be Voorzorg until SIGTERM, or until killed."""
    threading.Thread(target=_end_with_the_tests, args=(lifeline,), daemon=True).start()
    os.dup2(os.open(life["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), sys.stderr.fileno())
    os.environ.update(life["environment"])
    no_file: dict[str, Any] = {"_env_file": None}
    recorder, settings = Recorder(Path(life["recorder"])), Settings(**no_file)
    logs.set_up(settings.log_level)
    steps.hook = recorder.passed
    with only_process(settings):
        asyncio.run(serve(settings, SharedClock(recorder), lambda _: recorder.started()))


def main() -> None:
    """Fork a life for each line, and tell how it ended."""
    lifeline = int(sys.argv[1])
    print(os.getpid(), flush=True)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            code = 1
            try:
                live(json.loads(line), lifeline)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(number, flush=True)
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
