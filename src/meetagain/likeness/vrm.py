"""Joint names and morph target names come in, the VRM 1.0 extension goes out: humanoid, expressions, look-at, terms."""

from dataclasses import dataclass, field

SIDES = {"L": "left", "R": "right"}
BODY = {
    "hips": "root",
    "spine": "spine05",
    "chest": "spine03",
    "upperChest": "spine01",
    "neck": "neck01",
    "head": "head",
    "jaw": "jaw",
}
LIMBS = {
    "Eye": "eye",
    "Shoulder": "clavicle",
    "UpperArm": "upperarm01",
    "LowerArm": "lowerarm01",
    "Hand": "wrist",
    "UpperLeg": "upperleg01",
    "LowerLeg": "lowerleg01",
    "Foot": "foot",
    "Toes": "toe1-1",
}
FINGERS = {"Index": 2, "Middle": 3, "Ring": 4, "Little": 5}
VISEMES: dict[str, dict[str, float]] = {
    "sil": {},
    "PP": {"mouthClose": 0.12, "mouthPress": 0.55, "mouthRollLower": 0.25, "mouthRollUpper": 0.2},
    "FF": {"jawOpen": 0.06, "mouthRollLower": 0.5, "mouthUpperUp": 0.25},
    "TH": {"jawOpen": 0.16, "tongueOut": 0.3, "mouthLowerDown": 0.15},
    "DD": {"jawOpen": 0.14, "mouthLowerDown": 0.25, "mouthUpperUp": 0.12},
    "kk": {"jawOpen": 0.18, "mouthStretch": 0.12},
    "CH": {"jawOpen": 0.1, "mouthFunnel": 0.5, "mouthUpperUp": 0.15},
    "SS": {"jawOpen": 0.05, "mouthStretch": 0.3, "mouthLowerDown": 0.2, "mouthSmile": 0.12},
    "nn": {"jawOpen": 0.12, "mouthUpperUp": 0.1},
    "RR": {"jawOpen": 0.12, "mouthFunnel": 0.3, "mouthPucker": 0.15},
    "aa": {"jawOpen": 0.5, "mouthLowerDown": 0.2, "mouthUpperUp": 0.12},
    "E": {"jawOpen": 0.24, "mouthStretch": 0.35, "mouthSmile": 0.2, "mouthLowerDown": 0.15},
    "ih": {"jawOpen": 0.18, "mouthStretch": 0.25, "mouthSmile": 0.25},
    "oh": {"jawOpen": 0.34, "mouthFunnel": 0.45, "mouthPucker": 0.2},
    "ou": {"jawOpen": 0.16, "mouthFunnel": 0.3, "mouthPucker": 0.6},
}
PRESETS: dict[str, dict[str, float]] = {
    "neutral": {},
    "happy": {
        "mouthSmile": 0.7,
        "cheekSquint": 0.4,
        "eyeSquint": 0.18,
        "jawOpen": 0.14,
        "mouthUpperUp": 0.3,
        "mouthDimple": 0.2,
    },
    "angry": {"browDown": 0.6, "mouthPress": 0.3, "eyeSquint": 0.25},
    "sad": {"browInnerUp": 0.55, "mouthFrown": 0.4, "eyeSquint": 0.1, "mouthShrugLower": 0.2},
    "relaxed": {"mouthSmile": 0.25, "eyeBlink": 0.12, "cheekSquint": 0.1},
    "surprised": {"browInnerUp": 0.6, "browOuterUp": 0.6, "eyeWide": 0.5, "jawOpen": 0.3},
    "blink": {"eyeBlink": 1.0},
    "blinkLeft": {"eyeBlinkLeft": 1.0},
    "blinkRight": {"eyeBlinkRight": 1.0},
    "lookUp": {"eyeLookUp": 1.0},
    "lookDown": {"eyeLookDown": 1.0},
    "lookLeft": {"eyeLookOutLeft": 1.0, "eyeLookInRight": 1.0},
    "lookRight": {"eyeLookInLeft": 1.0, "eyeLookOutRight": 1.0},
}


@dataclass(frozen=True)
class Origin:
    """What is otherwise in the file of a body that the family brought: its mouths by viseme, its makers, and the terms they set."""

    mouths: dict[str, dict[str, float]] = field(default_factory=lambda: VISEMES)
    makers: tuple[str, ...] = ()
    rights: str = ""
    licence: str = ""


OURS = Origin()


def extension(
    joints: tuple[str, ...],
    targets: tuple[str, ...],
    faces: tuple[int, ...],
    name: str,
    eye_offset: list[float],
    origin: Origin = OURS,
) -> dict:
    """The VRMC_vrm object. `faces` are the node indices of the meshes that carry the targets. Source: VRMC_vrm 1.0 specification."""
    vowels = {"aa": "aa", "ih": "ih", "ou": "ou", "ee": "E", "oh": "oh"}
    presets = PRESETS | {key: origin.mouths.get(viseme, {}) for key, viseme in vowels.items()}
    degrees = {"inputMaxValue": 90.0, "outputScale": 10.0}
    return {
        "specVersion": "1.0",
        "meta": meta(name, origin),
        "humanoid": {"humanBones": {bone: {"node": joints.index(joint)} for bone, joint in human_bones(joints).items()}},
        "lookAt": {
            "type": "bone",
            "offsetFromHeadBone": eye_offset,
            "rangeMapHorizontalInner": degrees,
            "rangeMapHorizontalOuter": degrees,
            "rangeMapVerticalDown": degrees,
            "rangeMapVerticalUp": degrees,
        },
        "expressions": {
            "preset": {key: expression(shape, targets, faces) for key, shape in presets.items()},
            "custom": {f"viseme_{key}": expression(shape, targets, faces) for key, shape in origin.mouths.items()},
        },
    }


def meta(name: str, origin: Origin = OURS) -> dict:
    """Who may use it: the family alone, and nobody as somebody else. The makers of a brought body and their terms stay named."""
    more = {"thirdPartyLicenses": origin.licence} if origin.licence else {}
    return more | {
        "name": f"A portrait of {name}",
        "version": "1",
        "authors": [*origin.makers, "The keeper of this portrait"],
        "copyrightInformation": " ".join(
            filter(None, ("A computer-made portrait. It is not the person. Private to the family.", origin.rights))
        ),
        "licenseUrl": "https://vrm.dev/licenses/1.0/",
        "avatarPermission": "onlyAuthor",
        "allowExcessivelyViolentUsage": False,
        "allowExcessivelySexualUsage": False,
        "commercialUsage": "personalNonProfit",
        "allowPoliticalOrReligiousUsage": False,
        "allowAntisocialOrHateUsage": False,
        "creditNotation": "required",
        "allowRedistribution": False,
        "modification": "prohibited",
    }


def human_bones(joints: tuple[str, ...]) -> dict[str, str]:
    """VRM humanoid bone -> our joint, for those that exist."""
    out = dict(BODY)
    for side, word in SIDES.items():
        out |= {word + bone: f"{joint}.{side}" for bone, joint in LIMBS.items()}
        out |= {word + bone: f"finger1-{k}.{side}" for k, bone in enumerate(("ThumbMetacarpal", "ThumbProximal", "ThumbDistal"), 1)}
        for finger, number in FINGERS.items():
            out |= {
                f"{word}{finger}{bone}": f"finger{number}-{k}.{side}" for k, bone in enumerate(("Proximal", "Intermediate", "Distal"), 1)
            }
    return {bone: joint for bone, joint in out.items() if joint in joints}


def spread(shape: dict[str, float], targets: tuple[str, ...]) -> dict[str, float]:
    """Names without a side become both sides: mouthSmile -> mouthSmileLeft, mouthSmileRight."""
    out: dict[str, float] = {}
    for key, weight in shape.items():
        names = (key,) if key in targets else (f"{key}Left", f"{key}Right")
        out |= {name: weight for name in names if name in targets}
    return out


def expression(shape: dict[str, float], targets: tuple[str, ...], faces: tuple[int, ...]) -> dict:
    """One VRM expression as binds to the morph targets of every face mesh."""
    binds = [
        {"node": node, "index": targets.index(name), "weight": weight} for node in faces for name, weight in spread(shape, targets).items()
    ]
    return {"morphTargetBinds": binds, "isBinary": False, "overrideBlink": "none", "overrideLookAt": "none", "overrideMouth": "none"}
