from pathlib import Path

from meetagain.schema.typescript import typescript

GENERATED = Path(__file__).parents[2] / "client" / "src" / "wire" / "types.gen.ts"


def test_the_client_has_the_same_types_as_the_server():
    assert GENERATED.read_text("utf-8") == typescript(), "run: python -m meetagain.schema.typescript > client/src/wire/types.gen.ts"


def test_every_message_can_be_told_apart_by_its_type():
    text = typescript()
    assert "export type Event = Snapshot | BeatEntered" in text
    assert "  type: 'SpeechStarted';" in text
    assert "visemes: VisemeAt[];" in text
    assert "left?: Pose | null;" in text
