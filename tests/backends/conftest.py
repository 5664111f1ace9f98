"""A small engine on this computer that speaks the OpenAI-compatible form, and that of Pocket TTS."""

import json
import struct
import threading
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import numpy as np
import pytest


def tone(seconds: float = 0.8, rate: int = 22050) -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        times = np.arange(int(seconds * rate)) / rate
        file.writeframes((8000 * np.sin(2 * np.pi * 200 * times)).astype("<i2").tobytes())
    return out.getvalue()


def streamed(wav: bytes) -> bytes:
    """The same WAV as it is sent by one who does not know yet how long it will be."""
    endless = struct.pack("<I", 2_000_000_000)
    return wav[:4] + struct.pack("<I", 2_000_000_036) + wav[8:40] + endless + wav[44:]


class _Engine(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send_response(500)
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def engine():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Engine)
    server.asked, server.answers = [], {"/v1/audio/speech": tone(), "/v1/audio/transcriptions": json.dumps({"text": " Mum! "}).encode()}
    server.answers["/tts"] = streamed(tone())
    server.plain_url = f"http://127.0.0.1:{server.server_port}"
    server.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
