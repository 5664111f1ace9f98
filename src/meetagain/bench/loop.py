"""A demo person's door, open on this computer for a talk that is measured; and a visitor who speaks at it through the real socket."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from meetagain.archive.read import read_archive
from meetagain.hearing.names import family_names
from meetagain.hearing.whisper import WhisperHearing
from meetagain.meeting.journal import Journal
from meetagain.meeting.live import Meeting
from meetagain.meeting.rooms import Rooms
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.scenario.packs import load_scenario
from meetagain.schema import wire
from meetagain.schema.artefacts import Likeness
from meetagain.schema.scenario import Beat, Cue
from meetagain.schema.sound import pack_sound, unpack_sound
from meetagain.schema.speech import Clause, LineClass
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.server.house import House
from meetagain.server.pairing import Pairing
from meetagain.server.serve import make_server
from meetagain.voice.kept import keep
from meetagain.voice.keys import line_key
from meetagain.voice.kokoro import KokoroVoice

RATE_HZ = 16000
CHUNK = 320  # 20 ms, as the visitor's page sends it
LONG_S = 1e6
YES = wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True)


class TalkingHouse(House):
    """The door of a person who stands there and talks, for as long as one likes: everything real but the story."""

    def __init__(self, root: Path, voice_backend: KokoroVoice, hearing: WhisperHearing, scratch: Path) -> None:
        """`scratch` holds lines made ahead, and the journals."""
        super().__init__(root)
        self._voice_backend, self._ears = voice_backend, hearing
        self.voice = voice_backend.choose(self.person, read_archive(root))
        self._scratch = scratch
        self._held = 0

    def _open(self) -> Meeting:
        self._held += 1
        memory = read_archive(self.folder.root).memory
        lines = repertoire(self.person, memory)
        story = load_scenario("birthday_in_the_park", "en")
        talk = Beat("words", "", 0.0, LONG_S, LONG_S, enter=(Cue("be", "stand"),), during=(), exits=(), talk="open")
        limits = msgspec.structs.replace(story.limits, target_s=LONG_S, soft_end_s=LONG_S, hard_return_s=LONG_S)
        ticket = MeetingTicket(
            meeting=f"talk-{self._held}",
            folder=str(self._scratch),
            person=self.person,
            likeness=Likeness(file="", height_m=1.2, eye_height_m=1.1, joints=(), blendshapes=(), triangles=0, style="portrait"),
            motion=None,
            voice=self.voice,
            memory=memory,
            repertoire=lines,
            scenario=msgspec.structs.replace(story, first="words", beats=(talk,), limits=limits),
            visitor=Visitor(),
            safeguards=Safeguards(),
        )
        ear = self._ears.open("en", family_names(self.person, memory.facts))
        rooms = Rooms(ToldMind().open(self.person, memory, lines, 0), self._voice_backend, ear, ticket)
        return Meeting(rooms, Journal(self._scratch / "meetings" / ticket.meeting))

    def prepare(self, text: str, expression: str) -> None:
        """Make one line ahead, as a build does."""
        clause = Clause(turn=0, text=text, line_class=LineClass.AUTHORED, expression=expression)
        speech = self._voice_backend.speak(clause, self.voice)
        keep(self._scratch / "build" / "voice", line_key(text, expression), speech, "", "bench")

    def prepared(self, turn: int) -> bool | None:
        """Whether the first words of this turn's answer had been made ahead. None when there was no answer."""
        assert self.meeting is not None
        return next((one.prepared for one in self.meeting.conversation.reactions if one.turn == turn), None)


@contextlib.contextmanager
def served(house: House) -> Iterator[int]:
    """The house behind its own server, in a thread of its own. Gives the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = make_server(house, Pairing(needed=False), port)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), name="house")
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield port
    finally:
        server.should_exit = True
        thread.join()


class Came(msgspec.Struct, frozen=True):
    """One message of the house, and when it was there (time.perf_counter)."""

    at: float
    event: wire.Event | None
    clause: int = 0  # of a piece of sound


class Caller:
    """A visitor's page without a picture: speaks at the speed of life and notes when what comes back is there."""

    def __init__(self, port: int) -> None:
        self._line: ClientConnection = connect(f"ws://127.0.0.1:{port}/ws?role=visitor", open_timeout=120, max_size=None, compression=None)
        self.came: list[Came] = []
        self._sent = 0
        self._reader = threading.Thread(target=self._read, name="caller", daemon=True)
        self._reader.start()
        for report in (wire.Hello(role="visitor"), YES, wire.Acted(act="entered"), wire.Microphone(on=True)):
            self._line.send(msgspec.json.encode(report).decode())

    def _read(self) -> None:
        events = msgspec.json.Decoder(wire.Event)
        with contextlib.suppress(ConnectionClosed):
            for message in self._line:
                at = time.perf_counter()
                if isinstance(message, bytes):
                    self.came.append(Came(at, None, unpack_sound(message)[0]))
                else:
                    self.came.append(Came(at, events.decode(message)))

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def say(self, sound: np.ndarray) -> float:
        """(n,) float32 at 16 kHz goes out in pieces of 20 ms, each when it would have been recorded. Gives when the first sample was spoken."""
        began = time.perf_counter()
        for at in range(0, len(sound), CHUNK):
            piece = sound[at : at + CHUNK]
            time.sleep(max(0.0, began + (at + len(piece)) / RATE_HZ - time.perf_counter()))
            pcm = (np.clip(piece, -1, 1) * 32767).astype("<i2").tobytes()
            self._line.send(pack_sound(0, self._sent & 0xFFFFFFFF, pcm))
            self._sent += len(piece)
        return began
