"""What words and photographs say of somebody's hair: one small value that both fill."""

from dataclasses import dataclass, replace

Colour = tuple[float, float, float]
GREY: Colour = (0.62, 0.61, 0.60)

STYLES = (
    "bob", "long", "shoulder", "ponytail", "pigtails", "plaits", "plait", "bun", "pixie", "short", "short curly", "curly", "set curls",
    "afro", "puffs", "cornrows", "buzz", "thin", "fringe of hair", "bald",
)  # fmt: skip
COVERS = ("headscarf", "woolly hat", "flat cap", "sun hat")
PARTS = ("style", "colour", "grey", "length", "volume", "curl", "fringe", "parting", "cover")


@dataclass(frozen=True)
class HairChoice:
    """A head of hair. What the keeper's words fixed is named in `said`; a photograph may move the rest."""

    style: str = "short"  # one of STYLES
    colour: Colour = (0.24, 0.11, 0.055)  # linear, over a light strand picture
    grey: float = 0.0  # share of grey hairs, 0 .. 1
    length: float = 0.3  # 0 shaved, 0.1 cropped, 0.25 ear, 0.4 chin, 0.55 shoulder, 0.75 chest, 1 waist
    volume: float = 0.4  # 0 flat .. 1 full
    curl: float = 0.0  # 0 straight, 0.4 wavy, 0.7 curly, 1 coily
    fringe: float = 0.0  # 0 none .. 1 down to the brows
    parting: float = 0.0  # -1 far on their right, 0 middle, 1 far on their left
    cover: str = ""  # "" or one of COVERS
    cover_colour: Colour = (0.25, 0.16, 0.22)  # linear
    said: frozenset[str] = frozenset()  # names of PARTS that the keeper's words fixed

    def moved(self, **found: object) -> "HairChoice":
        """The choice with what was found put in, part by part, save what the keeper said."""
        return replace(self, **{key: value for key, value in found.items() if key not in self.said})
