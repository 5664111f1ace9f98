"""Who the portrait is of: what person.yaml says, in one value."""

from enum import StrEnum
from typing import Literal

import msgspec


class Wish(StrEnum):
    """What the person is known to have said about being portrayed."""

    YES = "said_yes"
    NO = "said_no"
    UNKNOWN = "unknown"


class Pronouns(StrEnum):
    """How the person is spoken of."""

    SHE = "she"
    HE = "he"
    THEY = "they"


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes responsibility, who else is close, and what limits they set (requirement C1)."""

    keeper: str = ""  # name of the adult who owns the archive
    relation: str = ""  # "mother", "son"
    keeper_is_adult: bool = False
    close_family: tuple[str, ...] = ()
    wish: Wish | None = None
    limits: str = ""  # faith, culture, things never to be done


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How they looked at the age shown, in plain words and a few numbers. Everything is optional."""

    height_cm: float | None = None
    build: str = "average"  # slim | average | broad
    sex: str = "female"  # female | male: which body the portrait starts from
    skin: str = ""  # fair | light | olive | brown | dark, or "#rrggbb"; empty: by photographs, else fair
    origin: dict[str, float] = {}  # africa, asia, europe: shares, any sum
    hair: str = ""  # free words: "light brown, two short plaits, a fringe she cut herself"
    eyes: str = ""  # empty: by photographs, else brown
    beard: str = ""
    marks: tuple[str, ...] = ()
    clothes: str = ""  # free words: "yellow raincoat over a striped shirt, red wellies"
    clothes_photo: str = ""  # the photo whose clothes are worn: an item id or a file name; the words above win
    glasses: bool | None = None  # left out: by the marks and the photographs
    features: dict[str, float] = {}  # sliders by plain name, as "nose width": -1 .. 1, laid over what words and photographs give
    avatar: str = ""  # "items/name.vrm": a body that the family brings, in place of one that is made
    avatar_by: str = ""  # who made it and allowed it, in the keeper's words


class Manner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How they moved and spoke."""

    pace: str = "middle"  # quick | middle | slow
    pitch: str = "middle"  # high | middle | low
    habits: tuple[str, ...] = ()
    laugh: str = ""


class Character(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What they say, call things, like, and never were or did. Lines are the family's own words, by line group."""

    lines: dict[str, tuple[str, ...]] = {}  # beat id or group (care, not_knowing, honest, tired, goodbye) -> lines
    reply_unsaid: dict[str, str] = {}  # sorry thanks miss fault pain alone -> one approved reply
    not_true: tuple[str, ...] = ()
    calls: dict[str, str] = {}  # how they called people: name as the memories write it -> "Dad", "Gran"
    pronounce: dict[str, str] = {}  # name -> how to say it, in plain respelling


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which engine each room uses, and the keeper's choices."""

    language: str = "en"
    style: str = "portrait"  # portrait | painted | light: how the page draws, nothing is made anew for it
    scenario: str = "birthday_in_the_park"
    likeness: str = "embedded"
    motion: str = "embedded"
    voice: str = "embedded"
    hearing: str = "embedded"
    mind: str = "embedded"
    hearing_speed: Literal["", "usual", "quick"] = ""  # quick: English on a slower computer; empty: as it turns out
    voice_name: str = ""  # a stock voice by name; empty: chosen by age and sex
    remote_allowed: bool = False
    remote: dict[str, dict[str, str]] = {}  # room -> {url, model, key_env}
    stop_words: tuple[str, ...] = ("stop", "stop please", "please stop")


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The person of the portrait. Ages in years, height in centimetres."""

    id: str
    full_name: str
    called: tuple[str, ...]
    age_shown: float
    relation_to_visitor: str  # "daughter", "father"
    calls_visitor: str  # "Mum", "Elli"
    visitor_name: str = ""  # the visitor's own name, as the memories write it: "Elin"
    pronouns: Pronouns | None = None  # in what the companion reads; left out: by look.sex
    born: str = ""
    fictional: bool = False
    look: Look = Look()
    manner: Manner = Manner()
    faith_note: str = "none"
    character: Character = Character()
    consent: Consent = Consent()
    settings: Settings = Settings()

    @property
    def name(self) -> str:
        """What everybody called them."""
        return self.called[0] if self.called else self.full_name

    @property
    def spoken_of(self) -> Pronouns:
        """How they are spoken of, as the family wrote it, or else by the body that is shown."""
        return self.pronouns or (Pronouns.HE if self.look.sex == "male" else Pronouns.SHE)

    @property
    def is_child(self) -> bool:
        """Whether the portrait shows a child (under 13), which sets sentence length and manner."""
        return self.age_shown < 13
