"""What a keeper may be told of the face and its shape: code -> (weight, sentence, mend). A part of the catalogue in errors.py."""

FACE: dict[str, tuple[str, str, str]] = {
    "feature-unknown": (
        "note",
        "Under features in person.yaml stands {about}, which we do not know, so it was left out.",
        "Perhaps one of these was meant: {near}. docs/likeness.md has all of them.",
    ),
    "feature-too-far": (
        "note",
        "Under features in person.yaml, {about} goes further than a face can, so we stopped at the end.",
        "Write a number from -1 to 1; 0 leaves it as it is.",
    ),
    "face-no-use": (
        "gap",
        "None of the photos shows the face well enough to take its shape from it. It is a kind face of the right age.",
        "Confirm one or more photos in which the face is large, sharp, uncovered and looks about straight at the camera.",
    ),
    "face-few": (
        "note",
        "The shape of the face was taken from {count}. With more photos it comes nearer.",
        "Add photos of about the same years, if you have any: five to eight in which the face is large help most.",
    ),
    "face-unlike": (
        "note",
        "In these photos the face is less usual than those that our software has learnt from, so we followed them more carefully: {about}.",
        "Look at the face. What is not right, you can move under features in person.yaml. Other photos may help too.",
    ),
    "face-kept-usual": (
        "gap",
        "The photos did not agree about the shape of the face, so we kept the kind face of the right age.",
        "Check that all confirmed photos show the same person at about the same age, and take out those that do not.",
    ),
}
