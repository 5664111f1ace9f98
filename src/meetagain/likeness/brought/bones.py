"""The document of a body comes in; which node is which human bone goes out, by VRM's own table or by the names that makers commonly use."""

import re
from typing import Any

SIDES = ("left", "right")
NEEDED = ("hips", "head", *(side + bone for side in SIDES for bone in ("UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot")))
PLAIN = {
    "hips": "hips", "head": "head", "neck": "neck", "spine": "spine", "chest": "chest", "upperChest": "upper chest", "jaw": "jaw",
    "UpperArm": "upper arm", "LowerArm": "forearm", "Hand": "hand", "UpperLeg": "thigh", "LowerLeg": "shin", "Foot": "foot",
}  # fmt: skip
#: One name without its side, letters only -> bone. Mixamo, Ready Player Me, Unreal, VRoid, Rigify, Blender and 3ds Max.
MIDDLE = {
    "hips": "hips", "hip": "hips", "pelvis": "hips", "spine": "spine", "spine0": "spine", "spine1": "chest", "spine2": "upperChest",
    "spine01": "spine", "spine02": "chest", "spine03": "upperChest", "chest": "chest", "upperchest": "upperChest", "neck": "neck",
    "neck01": "neck", "head": "head", "jaw": "jaw",
}  # fmt: skip
SIDED = {
    "eye": "Eye", "shoulder": "Shoulder", "clavicle": "Shoulder", "collar": "Shoulder", "arm": "UpperArm", "upperarm": "UpperArm",
    "uparm": "UpperArm", "forearm": "LowerArm", "lowerarm": "LowerArm", "lowarm": "LowerArm", "elbow": "LowerArm", "hand": "Hand",
    "wrist": "Hand", "upleg": "UpperLeg", "upperleg": "UpperLeg", "thigh": "UpperLeg", "leg": "LowerLeg", "lowerleg": "LowerLeg",
    "calf": "LowerLeg", "shin": "LowerLeg", "knee": "LowerLeg", "foot": "Foot", "ankle": "Foot", "toebase": "Toes", "toe": "Toes",
    "toes": "Toes", "ball": "Toes",
}  # fmt: skip
FINGERS = {"thumb": "Thumb", "index": "Index", "middle": "Middle", "ring": "Ring", "pinky": "Little", "little": "Little"}
PARTS = ("Proximal", "Intermediate", "Distal")
THUMB = ("Metacarpal", "Proximal", "Distal")
STOP_WORDS = ("twist", "roll", "ik", "pole", "target", "helper", "end", "nub", "mch", "org", "ctrl", "control", "tweak", "fk", "sec")


def human_bones(document: dict[str, Any]) -> dict[str, int]:
    """VRM 1.0 bone name -> node index. What a VRM file says itself is taken; otherwise names decide."""
    extensions = document.get("extensions", {})
    one = extensions.get("VRMC_vrm", {}).get("humanoid", {}).get("humanBones")
    nought = extensions.get("VRM", {}).get("humanoid", {}).get("humanBones")
    count = len(document.get("nodes", []))
    if isinstance(one, dict):
        told = {bone: entry["node"] for bone, entry in one.items()}
    elif isinstance(nought, list):
        told = {_thumb(entry["bone"]): entry["node"] for entry in nought}
    else:
        told = by_names([str(node.get("name", "")) for node in document.get("nodes", [])])
    return {bone: node for bone, node in told.items() if isinstance(node, int) and not isinstance(node, bool) and 0 <= node < count}


def _thumb(bone: str) -> str:
    """VRM 0 counts the bones of the thumb as it does those of the fingers; VRM 1.0 begins with the metacarpal."""
    for side in SIDES:
        for old, new in (("ThumbProximal", "ThumbMetacarpal"), ("ThumbIntermediate", "ThumbProximal")):
            if bone == side + old:
                return side + new
    return bone


def by_names(names: list[str]) -> dict[str, int]:
    """Bones found by what their nodes are called; the first node of a name is taken."""
    found: dict[str, int] = {}
    rigify = any(re.fullmatch(r"(DEF-)?spine\.00[36]", name) for name in names)
    for node, name in enumerate(names):
        bone = _rigify(name) if rigify else None
        bone = bone or bone_called(name)
        if bone and bone not in found:
            found[bone] = node
    return found


def _rigify(name: str) -> str | None:
    """Rigify numbers one chain from the hips to the head."""
    chain = {
        "spine": "hips",
        "spine.001": "spine",
        "spine.002": "chest",
        "spine.003": "upperChest",
        "spine.004": "neck",
        "spine.006": "head",
    }
    return chain.get(name.removeprefix("DEF-"))


def bone_called(name: str) -> str | None:
    """The human bone that a node's name means, or None."""
    bare = re.sub(r"^.*[:|]", "", name)
    bare = re.sub(r"^mixamorig\d*", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"^((bip\d*|def|j|adj|cc_base|valvebiped|armature|rig)[\s_\-\.]+)+", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"^C_", "", bare)
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", bare)]
    if any(word in STOP_WORDS for word in words):
        return None
    side, words = _side(words)
    letters = "".join(word for word in words if word not in ("bone", "joint", "jnt", "c"))
    if not side:
        return MIDDLE.get(letters) or MIDDLE.get(re.sub(r"^0+|0+$", "", letters))
    finger = re.match(r"(?:hand|f)?(?:finger)?(thumb|index|middle|ring|pinky|little)(?:finger)?0*([1-3])?$", letters)
    if finger:
        number = int(finger.group(2) or 1) - 1
        return side + FINGERS[finger.group(1)] + (THUMB if finger.group(1) == "thumb" else PARTS)[number]
    worded = re.match(r"(thumb|index|middle|ring|pinky|little)(proximal|intermediate|distal)$", letters)
    if worded:
        number = ("proximal", "intermediate", "distal").index(worded.group(2))
        return side + FINGERS[worded.group(1)] + (THUMB if worded.group(1) == "thumb" else PARTS)[number]
    letters = letters.removeprefix("face") if letters == "faceeye" else letters
    bone = SIDED.get(re.sub(r"0*1?$", "", letters)) or SIDED.get(letters)
    return side + bone if bone else None


def _side(words: list[str]) -> tuple[str, list[str]]:
    """Left, right or none, and the words without it."""
    for k, word in enumerate(words):
        for side in SIDES:
            if word in (side, side[0]):
                return side, words[:k] + words[k + 1 :]
            if word.startswith(side):
                return side, [*words[:k], word.removeprefix(side), *words[k + 1 :]]
    return "", words


def lacking(found: dict[str, int]) -> list[str]:
    """Plain words for the needed bones that were not found, each once."""
    out = []
    for bone in NEEDED:
        if bone not in found:
            out.append(next(PLAIN[key] for key in PLAIN if bone.endswith(key)))
    return list(dict.fromkeys(out))
