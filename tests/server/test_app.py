import asyncio
import json
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from meetagain.meeting.journal import Journal
from meetagain.meeting.presence import Presence
from meetagain.schema import wire
from meetagain.schema.sound import pack_sound
from meetagain.schema.speech import LineClass
from meetagain.server.app import family_things, make_app
from meetagain.server.pairing import Pairing
from meetagain.store.folder import PersonFolder

HOME = "http://127.0.0.1:8600"
DEMO = Path(__file__).parents[2] / "demo" / "juni"


class Browser(TestClient):
    """A browser on this computer: its sockets go to the same address as its pages."""

    def websocket_connect(self, url: str, *args, **kwargs):
        return super().websocket_connect(str(self.base_url).replace("http", "ws", 1).rstrip("/") + url, *args, **kwargs)


class OneMeeting:
    """Just enough of a meeting for the door: a phase, a journal, and what was reported."""

    def __init__(self) -> None:
        self.phase, self.journal, self.over, self.reports, self.links = "doorway", Journal(None), False, [], []
        self.presence = Presence(self.journal)
        self.private = frozenset({"j27"})

    def snapshot(self) -> wire.Snapshot:
        return wire.Snapshot(
            at_s=0, meeting="m", phase=self.phase, portrait_of="Juni", beat="", beat_since_s=0, beats=(), cues=(), captions=True, slow=False, language="en", reflexes={}
        )  # fmt: skip

    def link(self, there: bool) -> None:
        self.links.append(there)


class OneHouse:
    """A house with one meeting and no rooms behind it."""

    def __init__(self, root: Path) -> None:
        self.folder, self.person = PersonFolder(root), PersonFolder(DEMO).read_person()
        self.client_clock, self.visitor, self.order = False, None, asyncio.Lock()
        self.meeting, self.followers = OneMeeting(), []

    def style(self) -> str:
        return "light"

    async def knock(self, *, anew: bool = False) -> OneMeeting:
        if anew and self.meeting.phase == "stopped":
            self.meeting = OneMeeting()
            for follower in self.followers:
                follower(self.meeting)
        return self.meeting

    def follow(self, follower):
        self.followers.append(follower)
        return lambda: self.followers.remove(follower)

    async def take(self, report: wire.Report) -> None:
        self.meeting.reports.append(report)
        if isinstance(report, wire.Doorway):
            self.meeting.phase = "ready"
            self.meeting.journal.write(wire.PhaseChanged(at_s=0.0, phase="ready"))

    async def close(self) -> None:
        pass


@pytest.fixture
def house(tmp_path: Path) -> OneHouse:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "likeness.vrm").write_bytes(b"glTF")
    return OneHouse(tmp_path)


@pytest.fixture
def page(house: OneHouse):
    with Browser(make_app(house, Pairing(needed=False)), base_url=HOME) as client:
        yield client


def test_C7_nothing_of_the_likeness_is_given_before_the_visitors_own_yes(
    page: TestClient, house: OneHouse, monkeypatch: pytest.MonkeyPatch
):
    for closed in ("/person/likeness.vrm", "/person/motion.glb", "/api/things", "/api/things/i01"):
        assert page.get(closed).status_code == 403, closed
    with page.websocket_connect("/ws?role=visitor") as socket:
        assert json.loads(socket.receive_text())["phase"] == "doorway"
        socket.send_text(msgspec.json.encode(wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True)).decode())
        assert json.loads(socket.receive_text())["phase"] == "ready"
        assert page.get("/person/likeness.vrm").content == b"glTF"
        monkeypatch.setattr("meetagain.server.app.family_things", lambda root, person: {"things": [], "files": {}})
        assert page.get("/api/things").json() == {"things": [], "style": "light"}


def test_H1_the_doorway_says_that_it_is_a_portrait_and_can_be_wrong(page: TestClient):
    words = page.get("/api/doorway").json()
    notice = " ".join(words["notice"])
    assert "portrait" in notice and "not Juni" in notice and "can be wrong" in notice
    assert set(words["questions"]) == {"adult", "acknowledged_portrait", "beside_them", "wants_to_go_in"}


def test_C7_a_kept_meeting_is_for_the_companion_and_no_way_round_the_yes(house: OneHouse):
    pairing = Pairing(needed=True)
    code = next(code for role, code in pairing.codes().items() if role == "visitor")
    with Browser(make_app(house, pairing), base_url="https://127.0.0.1:8600") as visitor:
        assert visitor.post("/api/pair", json={"code": code}).status_code == 200
        assert visitor.get("/person/likeness.vrm?for=keepsake").status_code == 403
        assert visitor.get("/api/things?for=keepsake").status_code == 403


def test_P4_a_stranger_on_the_network_is_told_nothing_not_even_a_name(house: OneHouse):
    with Browser(make_app(house, Pairing(needed=True)), base_url="https://127.0.0.1:8600") as stranger:
        assert stranger.get("/api/doorway").json() == {"paired": False, "client_clock": False}
        for closed in ("/api/lines", "/api/codes", "/api/meetings", "/api/things", "/person/likeness.vrm", "/api/memories/j01"):
            assert stranger.get(closed).status_code == 403, closed
        for asked in (b"", b"[]", b"nonsense", b'{"code": 7}', b'{"code": {"a": 1}}'):
            assert stranger.post("/api/pair", content=asked).status_code == 403
        with pytest.raises(WebSocketDisconnect), stranger.websocket_connect("/ws?role=spectator") as line:
            line.receive_text()


def test_P4_a_pass_holds_at_one_persons_door_and_two_roles_stay_two(house: OneHouse):
    pairing = Pairing(needed=True)
    codes = {str(role): code for role, code in pairing.codes().items()}
    with Browser(make_app(house, pairing), base_url="https://127.0.0.1:8600") as laptop:
        for role in ("companion", "visitor"):
            assert laptop.post("/api/pair", json={"code": codes[role]}).json() == {"role": role}
        assert laptop.get("/api/codes").status_code == 200 and laptop.get("/api/doorway").json()["paired"]
        other = Browser(make_app(house, Pairing(needed=True)), base_url="https://127.0.0.1:8601", cookies=laptop.cookies)
        assert "name" not in other.get("/api/doorway").json()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8600", "127.0.0.1.evil.example", ""])
def test_P1_a_page_of_the_internet_that_points_its_own_name_here_gets_nothing(page: TestClient, host: str):
    for path in ("/", "/api/doorway", "/api/lines"):
        assert page.get(path, headers={"host": host}).status_code == 421
    with pytest.raises(WebSocketDisconnect), page.websocket_connect("/ws?role=companion", headers={"host": host}) as line:
        line.receive_text()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8600", "LOCALHOST", "[::1]:8600", "10.42.0.1:8600"])
def test_this_computers_own_names_are_answered(page: TestClient, host: str):
    assert page.get("/api/doorway", headers={"host": host}).status_code == 200


def test_P1_no_outside_host_in_the_pages_policy(page: TestClient):
    policy = page.get("/api/doorway").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy and "*" not in policy


def test_the_portraits_own_pictures_may_be_unpacked_within_the_page(page: TestClient):
    policy = dict(part.strip().split(" ", 1) for part in page.get("/").headers["content-security-policy"].split(";"))
    for kind in ("connect-src", "img-src"):
        assert {"'self'", "blob:"} <= set(policy[kind].split()), kind


def test_only_the_worker_that_unpacks_may_make_functions_from_text_and_it_reaches_nothing(page: TestClient):
    rules = {
        path: page.get(path).headers["content-security-policy"]
        for path in ("/", "/assets/unpack-1.js", "/assets/unpacking-1.js", "/unpacking-1.js")
    }
    assert [path for path, rule in rules.items() if "'unsafe-eval'" in rule] == ["/assets/unpacking-1.js"]
    assert rules["/assets/unpacking-1.js"] == "default-src 'none'; script-src 'unsafe-eval'"


def test_a_visitor_has_no_companion_rights_and_nonsense_does_not_end_the_link(page: TestClient, house: OneHouse):
    with page.websocket_connect("/ws?role=visitor") as socket:
        socket.receive_text()
        socket.send_text("{nonsense")
        socket.send_text(msgspec.json.encode(wire.Control(control="next")).decode())
        socket.send_text(msgspec.json.encode(wire.Typed(text="hello")).decode())
        socket.send_text(msgspec.json.encode(wire.Hello(role="visitor")).decode())
        socket.send_text(msgspec.json.encode(wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True)).decode())
        socket.receive_text()
    assert [type(report) for report in house.meeting.reports] == [wire.Typed, wire.Doorway]
    assert house.meeting.links == [True, False]


def test_a_second_visitor_page_takes_over_and_the_first_is_told(page: TestClient, house: OneHouse):
    with page.websocket_connect("/ws?role=visitor") as first:
        first.receive_text()
        with page.websocket_connect("/ws?role=visitor") as second:
            second.receive_text()
            with pytest.raises(WebSocketDisconnect) as told:
                first.receive_text()
            assert told.value.code == 4009


def says(report: wire.Report) -> str:
    return msgspec.json.encode(report).decode()


def test_how_the_headset_does_reaches_the_companion_and_nobody_else(page: TestClient, house: OneHouse):
    with page.websocket_connect("/ws?role=companion") as companion, page.websocket_connect("/ws?role=spectator") as spectator:
        assert companion.receive_json()["type"] == spectator.receive_json()["type"] == "Snapshot"
        house.meeting.presence.does(wire.Health(fps=72, battery=0.8, microphone=True, immersive=True), 4.0)
        house.meeting.journal.tell(wire.Hush(at_s=5.0, turn=1))
        assert companion.receive_json() == {
            "type": "HealthTold", "at_s": 4.0, "fps": 72.0, "battery": 0.8, "mic_level": 0.0, "microphone": True, "immersive": True
        }  # fmt: skip
        assert spectator.receive_json()["type"] == "Hush"
        with page.websocket_connect("/ws?role=companion") as late:
            assert [late.receive_json()["type"] for _ in range(2)] == ["Snapshot", "HealthTold"]


def test_A4_the_meeting_knows_whether_a_companion_looks_at_it(page: TestClient, house: OneHouse):
    first = house.meeting
    with page.websocket_connect("/ws?role=spectator") as spectator:
        spectator.receive_json()
        assert not first.presence.accompanied
    with page.websocket_connect("/ws?role=companion") as companion:
        companion.receive_json()
        assert first.presence.accompanied
        first.phase = "stopped"
        with page.websocket_connect("/ws?role=visitor") as visitor:
            visitor.send_text(says(wire.Hello(role="visitor")))
            assert visitor.receive_json()["type"] == companion.receive_json()["type"] == "Snapshot"
            assert house.meeting.presence.accompanied and not first.presence.accompanied
    assert not house.meeting.presence.accompanied


def test_a_new_visitor_is_not_kept_out_by_a_meeting_that_was_stopped(page: TestClient, house: OneHouse):
    house.meeting.phase = "stopped"
    with page.websocket_connect("/ws?role=companion") as companion:
        assert companion.receive_json()["phase"] == "stopped"
        with page.websocket_connect("/ws?role=visitor") as visitor:
            visitor.send_text(says(wire.Hello(role="visitor")))
            assert visitor.receive_json()["phase"] == "doorway"
            assert companion.receive_json()["phase"] == "doorway"


def test_whoever_stopped_and_lost_the_link_comes_back_to_the_quiet_room(page: TestClient, house: OneHouse):
    house.meeting.phase = "stopped"
    with page.websocket_connect("/ws?role=visitor") as visitor:
        visitor.send_text(says(wire.Hello(role="visitor", again=True)))
        assert visitor.receive_json()["phase"] == "stopped"


def test_P4_on_the_network_nobody_comes_in_without_a_code(house: OneHouse):
    pairing = Pairing(needed=True)
    with Browser(make_app(house, pairing), base_url=HOME) as client:
        assert client.get("/api/lines").status_code == 403
        with pytest.raises(WebSocketDisconnect) as told, client.websocket_connect("/ws?role=companion") as socket:
            socket.receive_text()
        assert told.value.code == 4001
        assert client.post("/api/pair", json={"code": "no"}).status_code == 403
        code = next(code for role, code in pairing.codes().items() if role == "companion")
        assert client.post("/api/pair", json={"code": code}).json() == {"role": "companion"}
        with client.websocket_connect("/ws?role=companion") as socket:
            assert json.loads(socket.receive_text())["type"] == "Snapshot"


def test_no_way_out_of_the_meetings_folder(page: TestClient):
    assert page.get("/api/meetings/..%2F..%2Fbuild/journal.jsonl").status_code == 404
    assert page.get("/api/meetings/../journal.jsonl").status_code == 404


@pytest.mark.parametrize(("age", "candles"), [(0, 1), (1, 1), (2, 2), (7, 7), (12, 12), (13, 5), (80, 5)])
def test_a_child_has_a_candle_for_every_year(age: float, candles: int):
    person = msgspec.structs.replace(PersonFolder(DEMO).read_person(), age_shown=age)
    assert family_things(DEMO, person)["candles"] == candles


def _speech(clause: int, text: str, cites: tuple[str, ...]) -> wire.SpeechStarted:
    return wire.SpeechStarted(
        at_s=1.0, turn=1, clause=clause, text=text, line_class=LineClass.GROUNDED, expression="joy", gesture="", cites=cites, rate_hz=24000,
        samples=4, visemes=(), sound=f"{clause}.wav", real=False,
    )  # fmt: skip


def test_what_is_told_to_the_visitor_alone_is_heard_by_no_spectator(page: TestClient, house: OneHouse):
    with page.websocket_connect("/ws?role=companion") as companion, page.websocket_connect("/ws?role=spectator") as spectator:
        for socket in (companion, spectator):
            assert socket.receive_json()["type"] == "Snapshot"
        tell = house.meeting.journal.tell
        tell(_speech(1, "Dear Mum", ("j27",)))
        tell(pack_sound(1, 0, b"\1\0" * 4))
        tell(_speech(2, "Pancakes have to have holes.", ("j02",)))
        tell(pack_sound(2, 0, b"\2\0" * 4))
        heard = spectator.receive_json()
        assert (heard["text"], heard["cites"], heard["sound"], heard["samples"]) == ("…", [], "", 4)
        assert spectator.receive_json()["text"] == "Pancakes have to have holes."
        assert spectator.receive_bytes() == pack_sound(2, 0, b"\2\0" * 4)
        assert companion.receive_json()["text"] == "Dear Mum"
        assert companion.receive_bytes() == pack_sound(1, 0, b"\1\0" * 4)
