"""The server as a process of its own: prints `{"url": …}` on one line and serves until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from bot.webchat.server import Server


async def serve(port: int, token: str) -> None:
    """Serve until a signal comes."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Server(token, port=port) as server:
        print(json.dumps({"url": server.url}), flush=True)
        await stop.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.webchat", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", required=True, help="the bot's token")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.token))


if __name__ == "__main__":
    main()
