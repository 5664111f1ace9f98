"""What a keeper may be told of a body that they bring and of a portrait that they look at: code -> (weight, sentence, mend). A part of the catalogue in errors.py."""

BROUGHT: dict[str, tuple[str, str, str]] = {
    "brought-added": (
        "note",
        "{about} is a body that can move. It is kept, and not used until you say so.",
        "To use it, write under look in person.yaml: avatar: {about}",
    ),
    "brought-missing": (
        "stop",
        "person.yaml names {about} as the body to use, and there is no such file in this folder.",
        "Copy the file into the folder called items, and write its place under look, as avatar: items/name.vrm",
    ),
    "brought-barred": (
        "stop",
        "{about} is marked in provenance.yaml as not to be used, so it was not opened.",
        "Mark it as usable there, or take the line with avatar out of person.yaml.",
    ),
    "brought-unreadable": (
        "stop",
        "{about} could not be opened as a body: {detail}. It was left as it is.",
        "Ask whoever made it for a fresh copy, as one file that ends in .vrm or .glb.",
    ),
    "brought-locked": (
        "stop",
        "{about} is packed or locked in a way that we cannot open ({detail}). It was left as it is.",
        "Save it once more as one plain .vrm or .glb file, without compression and without a lock.",
    ),
    "brought-elsewhere": (
        "stop",
        "Parts of {about} lie in other files, and we do not fetch anything. It was left as it is.",
        "Save it as one file with everything inside: .vrm or .glb.",
    ),
    "brought-too-much": (
        "stop",
        "{about} claims to hold far more than a body needs ({detail}), more than this computer can open safely. It was left as it is.",
        "Ask whoever made it for a version for games or headsets: at most {limit} triangles.",
    ),
    "brought-no-bones": (
        "stop",
        "{about} has no bones that we could find for: {detail}. It would stand like a statue, so it was not used.",
        "Ask whoever made it for a version that can move: a VRM file, or a GLB file with a human skeleton.",
    ),
    "brought-not-allowed": (
        "stop",
        "{about} says in itself that {detail}, so it was not used.",
        "If its maker allowed it to you, or you made it, write who under look in person.yaml, as avatar_by: made for us by Ana Lind",
    ),
    "brought-maker": (
        "note",
        "The body in {about} was made by {maker}. {terms}",
        "Nothing needs to be done. Name them wherever you show the portrait outside the family.",
    ),
    "brought-no-maker": (
        "note",
        "{about} does not say who made it or who may use it.",
        "If somebody made it for you, write who under look in person.yaml, as avatar_by: made for us by Ana Lind",
    ),
    "brought-no-photos": (
        "note",
        "{name}'s portrait is the body in {about}, as its maker made it. Photographs do not change its face, hair, skin or clothes.",
        "Nothing needs to be done. They are still set beside the portrait on the page to look at it, once you confirmed them, and can be spoken of in a meeting.",
    ),
    "brought-heavy": (
        "gap",
        "{about} is finer than a headset can draw smoothly: {count} triangles, and {limit} would be right. It is used, and the picture may stutter.",
        "Ask whoever made it for a lighter version.",
    ),
    "brought-no-blink": (
        "gap",
        "The body in {about} cannot shut its eyes, so the portrait never blinks, and sleeps with open eyes.",
        "Ask whoever made it to add a blink.",
    ),
    "brought-no-mouth": (
        "gap",
        "The mouth of the body in {about} does not move, so the voice comes from a still face.",
        "Ask whoever made it to add the mouth shapes of speech.",
    ),
    "brought-few-mouths": (
        "note",
        "The body in {about} has only a few mouth shapes, so speech is seen more roughly.",
        "Nothing needs to be done. A version with all fifteen mouth shapes would look more like speaking.",
    ),
    "brought-no-smile": (
        "gap",
        "The body in {about} cannot smile.",
        "Ask whoever made it to add a smile, or the full set of fifty-two face shapes.",
    ),
    "brought-no-gaze": (
        "gap",
        "The eyes of the body in {about} cannot be turned by themselves, so it looks at the visitor with its head alone.",
        "Ask whoever made it for eyes that are separate from the face.",
    ),
    "brought-no-fingers": (
        "gap",
        "The hands of the body in {about} have no fingers that bend, so they stay open when a hand is held.",
        "Ask whoever made it to add finger bones.",
    ),
    "brought-picture-left": (
        "gap",
        "A picture on the body in {about} could not be opened, and that place is in one plain colour.",
        "Save the body once more with its pictures as PNG or JPEG.",
    ),
    "note-unclear": (
        "stop",
        "We did not understand “{about}”, so nothing was written.",
        "Write the part, a colon, and one of these words: {offered}. As in: nose: a little wider",
    ),
    "note-at-the-end": (
        "stop",
        "“{about}” asks for more than there is: {place} is already {now}. Nothing was written.",
        "Write it in other words in person.yaml, or leave it.",
    ),
    "note-no-height": (
        "stop",
        "person.yaml does not say how tall they were, so “{about}” has nothing to begin with. Nothing was written.",
        "Write height_cm under look in person.yaml.",
    ),
    "note-by-hand": (
        "stop",
        "person.yaml is written in a way that we cannot change safely for “{about}”. Nothing was written.",
        "Change it yourself: {entry}",
    ),
    "not-built-look": (
        "stop",
        "There is no portrait of {name} to look at yet.",
        "Make it first: meetagain build {path}",
    ),
}
