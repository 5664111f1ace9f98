"""A choice comes in; hair, what covers it and the joints that let it swing go out, put on a body."""

from collections.abc import Callable

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.eyes import bound_to
from meetagain.likeness.hair import Tress, gather
from meetagain.likeness.hair_choice import GREY, HairChoice
from meetagain.likeness.hair_coily import afro, cornrows, curly, set_curls
from meetagain.likeness.hair_falling import falling
from meetagain.likeness.hair_follow import balls, follow
from meetagain.likeness.hair_gathered import gathered
from meetagain.likeness.hair_scalp import Scalp, scalp_of
from meetagain.likeness.hair_short import buzz, ring, short, thin
from meetagain.likeness.head_cover import cover
from meetagain.likeness.parts import Piece, Wardrobe

Builder = Callable[[Scalp, HairChoice, np.random.Generator], list[Tress]]
BUILDERS: dict[str, Builder] = {
    "bob": falling,
    "long": falling,
    "shoulder": falling,
    "ponytail": gathered,
    "pigtails": gathered,
    "plaits": gathered,
    "plait": gathered,
    "bun": gathered,
    "puffs": gathered,
    "pixie": short,
    "short": short,
    "short curly": curly,
    "curly": curly,
    "set curls": set_curls,
    "afro": afro,
    "cornrows": cornrows,
    "buzz": buzz,
    "thin": thin,
    "fringe of hair": ring,
    "bald": lambda scalp, choice, rng: [],
}
LOOSE = ("bob", "long", "shoulder", "curly")
RECEDES = {"thin": 0.9, "fringe of hair": 0.5}


def make_hair(body: Body, choice: HairChoice, rng: np.random.Generator) -> Tress | None:
    """The whole head of hair of a choice; None where there is none."""
    scalp = scalp_of(body, RECEDES.get(choice.style, 0.0))
    parts = BUILDERS[choice.style](scalp, choice, rng)
    hair = gather(parts) if parts else None
    return gather(cover(scalp, choice, hair)) if choice.cover else hair


def coloured(tress: Tress, choice: HairChoice, rng: np.random.Generator) -> np.ndarray:
    """Linear vertex colours (n, 4): the hair's colour, with a share of grey card by card; coverings keep their own."""
    own = np.array(choice.colour)
    per_card = rng.random(int(tress.card.max()) + 1)
    grey = np.clip((choice.grey - per_card) * 3 + choice.grey, 0, 1)[tress.card, None]
    base = own * (1 - grey) + np.array(GREY) * grey
    if tress.tone is not None:
        base = np.where(np.isnan(tress.tone), base, tress.tone)
    return np.c_[np.clip(base * tress.shade[:, None], 0, 1), tress.alpha]


def put_on(body: Body, choice: HairChoice, wardrobe: Wardrobe, rng: np.random.Generator) -> None:
    """Add the hair to the wardrobe. A bald head gets one hidden strand, so that every file has the same five parts."""
    scalp = scalp_of(body)
    tress = make_hair(body, choice, rng)
    if tress is None:
        wardrobe.add("hair", nothing(body, scalp.centre))
        return
    followed = follow(scalp, tress, choice.style in LOOSE and choice.length > 0.5 and choice.cover != "headscarf")
    cloth = np.concatenate([np.zeros((0, 3)), *(piece.points for piece in wardrobe.pieces["cloth"])])
    wardrobe.chains, wardrobe.balls = followed.chains, balls(body, cloth)
    colour = coloured(tress, choice, rng)
    wardrobe.add(
        "hair", Piece(tress.points, tress.normals, tress.uv, tress.triangles, followed.weights, colour, tangent=tress.tangent, shaded=0.38)
    )


def nothing(body: Body, inside: np.ndarray) -> Piece:
    """One tiny triangle inside the head."""
    points = inside + np.array([[0, 0, 0], [1e-3, 0, 0], [0, 1e-3, 0]])
    up = np.tile((0.0, 1.0, 0.0), (3, 1))
    return Piece(points, up, np.zeros((3, 2)), np.array([[0, 1, 2]]), bound_to(body, 3, "head"), np.ones((3, 4)), tangent=up)
