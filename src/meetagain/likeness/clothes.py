"""A body and garments come in, a dressed wardrobe goes out: each garment cut from the base mesh's shells, inside to outside."""

from dataclasses import replace

import numpy as np

from meetagain.likeness import collars, legs, trims
from meetagain.likeness.body import Body
from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.cloth_picture import Swatch
from meetagain.likeness.clothes_words import Colour, Garment
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.skirts import Hang, skirt
from meetagain.likeness.tailor import Dressed, Tailor
from meetagain.likeness.tops import Cut, top

WHITE: Colour = (248, 244, 236)
LEATHER: Colour = (118, 80, 54)
HORN: Colour = (70, 62, 58)
METAL: Colour = (176, 168, 150)
SOLE: Colour = (58, 50, 46)
TUCKED = {"coat", "skirt", "dungarees", "waistcoat", "jacket"}
OVER = ("cardigan", "waistcoat", "jacket", "coat")


def dress(body: Body, garments: dict[str, Garment], patched: bool, wardrobe: Wardrobe, more: tuple[Swatch, ...] = ()) -> Dressed:
    """Put on all garments. `more` are swatches that others paint with (the wire of glasses); they stand last in the atlas."""
    tailor = Tailor(body)
    feet(tailor, garments)
    tucked = TUCKED & set(garments) and "shirt" in garments and "dress" not in garments
    inner = shirt(tailor, garments["shirt"], garments, True) if tucked else None
    below(tailor, garments)
    inner = above(tailor, garments, patched, inner)
    for kind in OVER:
        if kind in garments:
            outer = over(tailor, garments[kind], garments, inner)
            if kind in ("cardigan", "waistcoat") and inner is not None and not {"jacket", "coat"} & set(garments):
                inner_collar(tailor, garments, inner, outer)
            inner = outer
    if "apron" in garments:
        apron(tailor, garments["apron"], inner)
    if "boots" in garments:
        legs.shoes(tailor, garments["boots"], tailor.swatch(garments["boots"]), tailor.swatch(Swatch(SOLE)))
    for swatch in more:
        tailor.swatch(swatch)
    return tailor.finish(wardrobe)


def feet(tailor: Tailor, garments: dict[str, Garment]) -> None:
    """Tights or socks, then shoes that go under trousers."""
    s = tailor.s
    shoe = next((garments[k] for k in ("shoes", "trainers", "slippers", "sandals") if k in garments), None)
    if "tights" in garments:
        tights = replace(garments["tights"], details=frozenset({"tight"}))
        legs.trousers(tailor, tights, tailor.swatch(tights), 0.06)
    if "socks" in garments and "boots" not in garments:
        legs.socks(tailor, tailor.swatch(garments["socks"]), tailor.ankle + 0.085 * s)
    if shoe is None or "boots" in garments:
        return
    if shoe.kind == "sandals":
        legs.sandals(tailor, tailor.swatch(shoe), tailor.swatch(Swatch(SOLE)))
        return
    sole = Swatch(WHITE if shoe.kind == "trainers" and shoe.colour != WHITE else (150, 140, 128) if shoe.kind == "trainers" else SOLE)
    legs.shoes(tailor, shoe, tailor.swatch(shoe), tailor.swatch(sole))


def below(tailor: Tailor, garments: dict[str, Garment]) -> None:
    """Trousers, or what is worn under a skirt, and the skirt."""
    worn = garments.get("trousers") or garments.get("dungarees")
    if not worn and "tights" not in garments:
        skirted = garments.get("skirt") or garments.get("dress")
        colour = tuple(c * 0.8 for c in (skirted.colour if skirted else WHITE))
        slip = Garment("slip", colour, length="short", details=frozenset({"tight"}))
        legs.trousers(tailor, slip, tailor.swatch(slip), 0.06)
    if worn:
        legs.trousers(tailor, worn, tailor.swatch(worn), booted="boots" in garments)
    if "skirt" in garments:
        hung(tailor, garments["skirt"], None, 0.7)


def hung(tailor: Tailor, garment: Garment, follow: Sheet | None, flare: float) -> None:
    """A skirt, alone or continuing a top."""
    s = tailor.s
    usual = 0.94 if tailor.body.child > 0.5 else 1.08
    long_ = {"short": 0.66, "usual": usual, "long": 1.62}[garment.length]
    hem_y = tailor.hip - long_ * (tailor.hip - tailor.knee)
    top_y = tailor.waist + 0.02 * s
    sheet, uv = skirt(tailor, Hang(top_y, hem_y, flare * (0.75 if garment.length == "long" else 1), 0.05, 0.009, follow=follow))
    tailor.emit(garment.kind, sheet, tailor.swatch(garment), uv, covers=False, laps=True)
    tailor.veils.append((tailor.waist + 0.02 * s, hem_y + 0.13 * s))


def above(tailor: Tailor, garments: dict[str, Garment], patched: bool, worn: Sheet | None) -> Sheet | None:
    """Shirt (unless it is worn already, tucked in), dress and jumper with what goes round the neck; the outermost sheet."""
    s, outermost = tailor.s, worn
    if "shirt" in garments and "dress" not in garments and worn is None:
        outermost = shirt(tailor, garments["shirt"], garments, False)
    if "dress" in garments:
        outermost = dress_top(tailor, garments["dress"], garments)
    if "jumper" in garments:
        jumper, row = garments["jumper"], tailor.swatch(garments["jumper"])
        sheet = top(
            tailor, Cut(0.0105, tailor.waist - 0.095 * s, 0.8, jumper.sleeves, -0.014, 0.07 if jumper.neck == "vee" else 0.0, None, 0.55, 4)
        )
        tailor.emit("jumper", sheet.hem(0.005 * s), row)
        jumper_neck(tailor, jumper, garments, sheet, row)
        if patched:
            trims.elbows(tailor, "jumper", sheet, tailor.swatch(Swatch(LEATHER)))
        outermost = sheet
    if "dungarees" in garments and outermost is not None:
        legs.bib(tailor, outermost, tailor.swatch(garments["dungarees"]), tailor.swatch(Swatch(METAL)))
    return outermost


def jumper_neck(tailor: Tailor, jumper: Garment, garments: dict[str, Garment], sheet: Sheet, row: int) -> None:
    """A hood, a zip, a vee's edge, a roll, a rib, and the shirt's collar over it if there is a shirt."""
    if "hood" in jumper.details:
        collars.hood(tailor, "jumper", sheet, row)
        trims.pocket(tailor, "jumper", sheet, row, (0.045 * tailor.s, tailor.waist - 0.03 * tailor.s), (0.046 * tailor.s, 0.038 * tailor.s))
    elif jumper.neck == "vee":
        collars.edging(tailor, "jumper", sheet, row)
    elif "shirt" in garments and garments["shirt"].neck == "collar":
        collars.turned(tailor, "shirt", sheet, tailor.swatch(garments["shirt"]), 0.024, 0.016, 0.10)
    else:
        collars.rib(tailor, "jumper", sheet, row, 0.045 if jumper.neck == "roll" else 0.016)
    if "zip" in jumper.details:
        trims.zip_fastener(tailor, "jumper", sheet, tailor.swatch(Swatch(METAL)))


def shirt(tailor: Tailor, garment: Garment, garments: dict[str, Garment], tucked: bool) -> Sheet:
    """A shirt or T-shirt, tucked in under a skirt, dungarees, waistcoat or jacket."""
    s, row = tailor.s, tailor.swatch(garment)
    outer = {"jumper", *OVER} & set(garments)
    low_y = tailor.waist - (0.014 if tucked else 0.085) * s
    sheet = top(
        tailor,
        Cut(0.0048 if tucked else 0.0085, low_y, 0.2 if tucked or outer else 0.85, garment.sleeves, -0.018, wrist=0.2 if outer else 0.5),
    )
    tailor.emit("shirt", sheet.hem(0.003 * s), row)
    if garment.neck == "collar":
        if "jumper" not in garments:
            inner_collar(tailor, garments, sheet, None)
            if "tie" not in garments:
                heights = np.linspace(tailor.neck[1] - 0.05 * s, tailor.waist + 0.02 * s, 6)
                trims.buttons(tailor, "shirt", sheet, tailor.swatch(Swatch(WHITE)), 0.0, heights, 0.0048)
    elif "jumper" not in garments or garments["jumper"].neck == "vee":
        collars.rib(tailor, "shirt", sheet, row, 0.045 if garment.neck == "roll" else 0.010)
    if "tie" in garments:
        trims.tie(tailor, sheet, tailor.swatch(garments["tie"]))
    return sheet


def inner_collar(tailor: Tailor, garments: dict[str, Garment], sheet: Sheet, outer: Sheet | None) -> None:
    """The collar of a shirt or a child's dress; left for later (outer None) when a cardigan or waistcoat goes under it."""
    later = {"cardigan", "waistcoat"} & set(garments) and not {"jacket", "coat"} & set(garments)
    if bool(later) != (outer is not None):
        return
    if "dress" in garments:
        if collared(garments["dress"], tailor.body.child):
            collars.turned(tailor, "dress", sheet, tailor.swatch(Swatch(WHITE)), 0.034, 0.008, 0.06, 0.012, outer)
    elif garments.get("shirt") and garments["shirt"].neck == "collar" and "jumper" not in garments:
        low = {"jacket", "coat"} & set(garments)
        row = tailor.swatch(garments["shirt"])
        gap = 0.05 if "tie" in garments else 0.12
        collars.turned(tailor, "shirt", sheet, row, 0.020 if low else 0.026, 0.018, gap, outer=outer)


def collared(garment: Garment, child: float) -> bool:
    """Whether a dress has a round white collar: a child's does, with sleeves, unless told otherwise."""
    return garment.neck == "collar" or (garment.neck == "usual" and child > 0.5 and garment.sleeves != "none")


def dress_top(tailor: Tailor, garment: Garment, garments: dict[str, Garment]) -> Sheet:
    """The bodice of a dress, its skirt, and a round white collar for a child."""
    s, row = tailor.s, tailor.swatch(garment)
    sheet = top(
        tailor, Cut(0.0068, tailor.waist + 0.012 * s, 0.35, garment.sleeves, -0.016, wrist=0.2 if set(OVER) & set(garments) else 0.5)
    )
    tailor.emit("dress", sheet.hem(0.003 * s), row)
    hung(tailor, garment, sheet, 0.85 if tailor.body.child > 0.5 else 0.55)
    if collared(garment, tailor.body.child):
        inner_collar(tailor, garments, sheet, None)
    else:
        collars.rib(tailor, "dress", sheet, row, 0.006)
    return sheet


def over(tailor: Tailor, garment: Garment, garments: dict[str, Garment], inner: Sheet | None) -> Sheet:
    """Cardigan, waistcoat, jacket or coat, open in front or zipped."""
    s, kind, row = tailor.s, garment.kind, tailor.swatch(garment)
    zipped = "zip" in garment.details and "open" not in garment.details
    lapels = "lapels" in garment.details
    cuts = {
        "cardigan": Cut(0.0130, tailor.waist - 0.085 * s, 0.85, "long", -0.008, 0.055, 0.016, 0.45, flat=4),
        "waistcoat": Cut(0.0105, tailor.waist - 0.060 * s, 0.5, "none", -0.004, 0.11, 0.004, flat=4),
        "jacket": Cut(0.0145, tailor.waist - 0.125 * s, 0.75, "long", -0.008, 0.13 if lapels else 0.0, 0.010, flat=5),
        "coat": Cut(0.0170, tailor.waist, 0.7, "long", -0.006, 0.02, 0.014, flat=5),
    }
    cut = replace(cuts[kind], gap=None if zipped else cuts[kind].gap, vee_m=0.0 if zipped else cuts[kind].vee_m)
    sheet = top(tailor, cut)
    tailor.emit(kind, sheet.hem(0.005 * s), row)
    if kind == "coat":
        coat_skirt(tailor, garment, sheet, row)
    neck_of(tailor, garment, sheet, row, zipped)
    fasten(tailor, garment, sheet, row, zipped, cut)
    return sheet


def coat_skirt(tailor: Tailor, garment: Garment, sheet: Sheet, row: int) -> None:
    """The lower part of a coat, parted in front so that it opens over the knees when sitting."""
    s = tailor.s
    share = {"short": 0.2, "usual": 0.55, "long": 1.25}[garment.length]
    hem_y = tailor.hip - share * (tailor.hip - tailor.knee)
    gap = float(np.arcsin(min(0.9, (0.014 + 0.010) * s / max(0.11 * s, 0.03))))
    lower, uv = skirt(tailor, Hang(tailor.waist, hem_y, 0.27, 0.010, 0.017, gap, follow=sheet))
    tailor.emit("coat", lower, row, uv)
    half, at = (0.036 * s, 0.034 * s), (0.085 * s, tailor.hip + 0.005 * s)
    trims.pocket(tailor, "coat", lower, row, at, half)


def neck_of(tailor: Tailor, garment: Garment, sheet: Sheet, row: int, zipped: bool) -> None:
    """What goes round the neck of an outer garment."""
    if "hood" in garment.details:
        collars.hood(tailor, garment.kind, sheet, row, 0.40)
    elif garment.kind == "coat" or (garment.kind == "jacket" and not zipped and "lapels" not in garment.details):
        collars.turned(tailor, garment.kind, sheet, row, 0.034, 0.012, 0.34)
    elif zipped:
        collars.rib(tailor, garment.kind, sheet, row, 0.030)
    elif "lapels" in garment.details:
        collars.turned(tailor, garment.kind, sheet, row, 0.026, 0.0, 0.75)


def fasten(tailor: Tailor, garment: Garment, sheet: Sheet, row: int, zipped: bool, cut: Cut) -> None:
    """Buttons, lapels, pockets or a zip down the front."""
    s, kind = tailor.s, garment.kind
    if zipped:
        trims.zip_fastener(tailor, kind, sheet, tailor.swatch(Swatch(METAL)))
        return
    low = cut.low_y + 0.02 * s
    top_y = tailor.neck[1] - (0.05 + 0.9 * cut.vee_m) * s
    count = {"cardigan": 5, "waistcoat": 5, "jacket": 2, "coat": 4}[kind]
    heights = np.linspace(top_y, low, count) if kind != "jacket" else np.linspace(tailor.waist + 0.02 * s, tailor.waist - 0.05 * s, 2)
    trims.buttons(
        tailor,
        kind,
        sheet,
        tailor.swatch(Swatch(HORN)),
        0.030 * s if kind == "coat" else 0.024 * s,
        heights,
        0.008 if kind == "coat" else 0.0062,
    )
    if "lapels" in garment.details:
        trims.lapels(tailor, kind, sheet, row, tailor.waist + 0.035 * s)
        trims.pocket(tailor, kind, sheet, row, (0.085 * s, tailor.waist - 0.062 * s), (0.036 * s, 0.011 * s))


def apron(tailor: Tailor, garment: Garment, inner: Sheet | None) -> None:
    """A kitchen apron: a bib, a front that hangs to the knee, straps round the neck."""
    if inner is None:
        return
    s, row = tailor.s, tailor.swatch(garment)
    over_ = inner.push(0.006 * s)
    sheet = over_.clip(over_.points[:, 2] - tailor.axis_z - 0.01 * s)
    sheet = sheet.clip(0.10 * s - np.abs(sheet.points[:, 0]))
    sheet = sheet.clip(tailor.chest + 0.06 * s - sheet.points[:, 1])
    tailor.emit("apron", sheet.clip(sheet.points[:, 1] - tailor.waist).hem(0.002 * s), row)
    lower, uv = skirt(tailor, Hang(tailor.waist + 0.01 * s, tailor.knee + 0.06 * s, 0.22, 0.012, 0.021, apron_rad=1.25))
    tailor.emit("apron", lower, row, uv)
