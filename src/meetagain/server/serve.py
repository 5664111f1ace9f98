"""Folders and choices come in; their houses are served until Ctrl-C, and the addresses are told in plain words."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import segno
import uvicorn

from meetagain.server.app import HERE, make_app
from meetagain.server.certificate import Certificate, household_certificate, lan_addresses
from meetagain.server.house import House
from meetagain.server.pairing import Pairing
from meetagain.server.roles import Role

FIRST_PORT = 8600


class Serving(msgspec.Struct, frozen=True):
    """How to serve: one port a person, counting up from `port`."""

    port: int = FIRST_PORT
    lan: bool = False
    listen: bool = True  # the hearing room; off: typed speech only
    client_clock: bool = False
    open_browser: bool = True
    seed: int = 0


def state_folder() -> Path:
    """Where this computer keeps the household's own files (certificate), outside any person's folder."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "meetagain"


def serve(roots: Sequence[Path], how: Serving, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises MeetAgainError when a person cannot be met yet."""
    houses = [House(root, listen=how.listen, client_clock=how.client_clock, seed=how.seed) for root in roots]
    for house in houses:
        house.check()
    certificate, hosts = None, ("127.0.0.1",)
    if how.lan:
        hosts = lan_addresses() or ("127.0.0.1",)
        certificate = household_certificate(state_folder(), hosts)
    pairings = [Pairing(needed=how.lan) for _ in houses]
    servers = [
        make_server(house, pairing, how.port + number, "0.0.0.0" if how.lan else "127.0.0.1", certificate)
        for number, (house, pairing) in enumerate(zip(houses, pairings, strict=True))
    ]
    for number, (house, pairing) in enumerate(zip(houses, pairings, strict=True)):
        scheme = "https" if how.lan else "http"
        _tell(house, pairing, f"{scheme}://{hosts[0]}:{how.port + number}", say)
    if how.open_browser and not how.lan and _has_desktop():
        webbrowser.open(f"http://127.0.0.1:{how.port}/")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(servers))


async def _run(servers: Sequence[uvicorn.Server]) -> None:
    loop = asyncio.get_running_loop()

    def leave() -> None:
        for server in servers:
            server.should_exit = True

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, leave)
    await asyncio.gather(*(server.serve() for server in servers))


class _Quiet(uvicorn.Server):
    """Uvicorn that leaves the signals to us, since several may run in one loop."""

    @contextlib.contextmanager
    def capture_signals(self):
        yield


def make_server(
    house: House, pairing: Pairing, port: int, host: str = "127.0.0.1", certificate: Certificate | None = None
) -> uvicorn.Server:
    """One house's server, to be run in any event loop; it leaves the signals alone."""
    config = uvicorn.Config(
        make_app(house, pairing, (*HERE, *lan_addresses(), socket.gethostname()) if certificate else HERE),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=1 << 20,
        ws_ping_interval=5,
        ws_ping_timeout=15,
        server_header=False,
        ssl_certfile=str(certificate.chain) if certificate else None,
        ssl_keyfile=str(certificate.key) if certificate else None,
        timeout_graceful_shutdown=2,
    )
    return _Quiet(config)


def _tell(house: House, pairing: Pairing, address: str, say: Callable[[str], None]) -> None:
    say(f"{house.name} (a portrait)")
    say(f"  visitor    {address}/")
    say(f"  companion  {address}/companion")
    if pairing.needed:
        codes = pairing.codes()
        say(f"  codes, each for one device: visitor {_spaced(codes[Role.VISITOR])} · companion {_spaced(codes[Role.COMPANION])}")
        say("  The browser warns once, because this certificate was made on this computer. Choose to go on.")
        if sys.stdout.isatty():
            segno.make(f"{address}/").terminal(compact=True)


def _spaced(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def _has_desktop() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def quiet_logs() -> None:
    """Logs hold ids, not words: warnings and worse only, on the error stream."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
