"""What is not like the person comes in, in plain words ("nose: a little wider"); the settings in person.yaml that change it go out."""

import re
from pathlib import Path

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.likeness.features import plain
from meetagain.likeness.words import SKINS, skin_colour
from meetagain.schema.person import Person
from meetagain.store.amend import CannotAmend, with_setting
from meetagain.store.folder import PersonFolder, write_whole

AMOUNTS = {
    "a touch": 0.12,
    "a little": 0.25,
    "slightly": 0.2,
    "a bit": 0.25,
    "clearly": 0.6,
    "much": 0.7,
    "far": 0.9,
    "a lot": 0.7,
    "very": 0.7,
}
USUAL = 0.4
STEPS = {
    "skin": (("look", "skin"), ("fair", "light", "olive", "brown", "dark"), {"darker": 1, "lighter": -1, "paler": -1}),
    "build": (("look", "build"), ("slim", "average", "broad"), {"broader": 1, "rounder": 1, "heavier": 1, "slimmer": -1, "thinner": -1, "narrower": -1}),
    "walk": (("manner", "pace"), ("slow", "middle", "quick"), {"quicker": 1, "faster": 1, "livelier": 1, "slower": -1, "calmer": -1}),
}  # fmt: skip
#: part -> word -> (slider, direction). The sliders are those of likeness/features.py.
SLIDERS: dict[str, dict[str, tuple[str, int]]] = {
    "nose": {"wider": ("nose width", 1), "narrower": ("nose width", -1), "longer": ("nose length", 1), "shorter": ("nose length", -1),
             "bigger": ("nose size", 1), "smaller": ("nose size", -1), "turned up": ("nose tip", 1), "turned down": ("nose tip", -1),
             "more curved": ("nose hump", 1), "straighter": ("nose hump", -1)},
    "eyes": {"bigger": ("eye size", 1), "smaller": ("eye size", -1), "wider apart": ("eye distance", 1), "closer together": ("eye distance", -1),
             "higher": ("eye height", 1), "lower": ("eye height", -1), "rounder": ("eye opening", 1), "narrower": ("eye opening", -1)},
    "mouth": {"wider": ("mouth width", 1), "narrower": ("mouth width", -1), "fuller": ("lip fullness", 1), "thinner": ("lip fullness", -1),
              "higher": ("mouth height", 1), "lower": ("mouth height", -1)},
    "smile": {"wider": ("mouth width", 1), "corners up": ("mouth corners", 1), "corners down": ("mouth corners", -1), "more dimples": ("laugh lines", 1)},
    "chin": {"longer": ("chin length", 1), "shorter": ("chin length", -1), "wider": ("chin width", 1), "narrower": ("chin width", -1),
             "more forward": ("chin", 1), "further back": ("chin", -1)},
    "face": {"rounder": ("face fullness", 1), "thinner": ("face fullness", -1), "wider": ("face width", 1), "narrower": ("face width", -1),
             "longer": ("face length", 1), "shorter": ("face length", -1)},
    "brows": {"higher": ("brow height", 1), "lower": ("brow height", -1)},
    "ears": {"bigger": ("ear size", 1), "smaller": ("ear size", -1), "stand out more": ("ears out", 1), "lie closer": ("ears out", -1)},
}  # fmt: skip
TALLER = {"taller": 1, "smaller": -1, "shorter": -1}


class Change(msgspec.Struct, frozen=True):
    """One setting that a note changes."""

    path: tuple[str, ...]
    value: float | str

    @property
    def words(self) -> str:
        """As it stands in person.yaml."""
        return f"{self.path[-1]}: {self.value}"


def words_for() -> dict[str, tuple[str, ...]]:
    """Every part with the words that are understood, for the sheet."""
    out = {part: tuple(words) for part, words in SLIDERS.items()}
    out |= {part: tuple(words) for part, (_, _, words) in STEPS.items()}
    return out | {"height": tuple(TALLER)}


def group_of(part: str, word: str) -> str:
    """What a word changes: of two words in one group only one can be meant."""
    return SLIDERS[part][word][0] if part in SLIDERS else part


def nearest_skin(said: str) -> str:
    """The skin word nearest to a colour "#rrggbb"; for nothing said the word that stands for it."""
    tone, _ = skin_colour(said.strip() or "fair")
    return min(SKINS, key=lambda word: sum((a - b) ** 2 for a, b in zip(SKINS[word], tone, strict=True)))


def change_for(person: Person, note: str) -> Change:
    """The setting that a note asks for. Raises MeetAgainError(note-unclear) for words that change nothing, note-at-the-end at the end of a row."""
    part, _, said = (piece.strip().lower() for piece in note.partition(":"))
    said = " ".join(said.split()).rstrip(".")
    much, said = _much(said)
    if part in STEPS and said in STEPS[part][2]:
        path, row, words = STEPS[part]
        now = getattr(getattr(person, path[0]), path[1])
        if path[1] == "skin" and now not in row:
            now = nearest_skin(now)
        at = row.index(now) + words[said] if now in row else -1
        if not 0 <= at < len(row):
            raise MeetAgainError(issue("note-at-the-end", note, place=" under ".join(reversed(path)), now=str(now)))
        return Change(path, row[at])
    if part == "height" and said in TALLER:
        if person.look.height_cm is None:
            raise MeetAgainError(issue("note-no-height", note))
        tall = round(person.look.height_cm + TALLER[said] * max(1, round(5 * much)), 1)
        return Change(("look", "height_cm"), int(tall) if tall == int(tall) else tall)
    if part in SLIDERS and said in SLIDERS[part]:
        slider, sign = SLIDERS[part][said]
        slider = next((told for told in person.look.features if plain(told) == slider), slider)
        before = person.look.features.get(slider, 0.0)
        after = round(min(1.0, max(-1.0, before + sign * much)), 2)
        if after == before:
            raise MeetAgainError(issue("note-at-the-end", note, place=f"{slider} under look, features", now=str(before)))
        return Change(("look", "features", slider), after)
    known = words_for().get(part)
    offered = ", ".join(known) if known else ", ".join(words_for())
    raise MeetAgainError(issue("note-unclear", note, offered=offered))


def _much(said: str) -> tuple[float, str]:
    for words, amount in AMOUNTS.items():
        if re.match(rf"{words}\b", said):
            return amount, said.removeprefix(words).strip()
    return USUAL, said


def take_notes(root: Path, notes: tuple[str, ...]) -> tuple[Change, ...]:
    """Write what the notes ask for into person.yaml, all or nothing; every other sign in it stays. Raises MeetAgainError."""
    folder = PersonFolder(root)
    person = folder.read_person()
    path = root / "person.yaml"
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text, changes = data.removeprefix(mark).decode(), []
    for note in notes:
        change = change_for(person, note)
        try:
            text = with_setting(text, change.path, change.value)
        except CannotAmend as error:
            raise MeetAgainError(issue("note-by-hand", note, entry=f"{' > '.join(change.path[:-1])} > {change.words}")) from error
        changes.append(change)
        person = _with(person, change)
    write_whole(path, mark + text.encode())
    return tuple(changes)


def _with(person: Person, change: Change) -> Person:
    """The person after a change, so that two notes on one thing add up."""
    look, manner = person.look, person.manner
    if change.path[0] == "manner":
        return msgspec.structs.replace(person, manner=msgspec.structs.replace(manner, **{change.path[1]: change.value}))
    if change.path[1] == "features":
        return msgspec.structs.replace(
            person, look=msgspec.structs.replace(look, features={**look.features, change.path[2]: float(change.value)})
        )
    return msgspec.structs.replace(person, look=msgspec.structs.replace(look, **{change.path[1]: change.value}))
