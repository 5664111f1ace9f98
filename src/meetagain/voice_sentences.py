"""What a keeper may be told of the made voice beside the person's recordings: code -> (weight, sentence, mend). A part of the catalogue in errors.py."""

_STOCK = (
    "The made voice is therefore one of the right age and kind, but not {name}'s own. Recordings named for a line are played as they are."
)

VOICE: dict[str, tuple[str, str, str]] = {
    "voice-near": (
        "note",
        "The made voice comes near to how {name} sounds in the recordings, as far as a computer can measure. It is still not {name}'s voice.",
        "Listen to a few lines before the meeting. Whoever knew {name} may hear at once what it lacks.",
    ),
    "voice-kind": (
        "note",
        "The made voice is of {name}'s kind, not {name}'s own.",
        "Listen to a few lines before the meeting, so that it surprises nobody. Recordings of whole lines come nearer than any made voice.",
    ),
    "voice-far": (
        "gap",
        "The made voice is not like {name}'s. It is the nearest that we have, and whoever knew {name} will hear the difference at once.",
        "Listen to a few lines before the meeting. Recordings of whole lines can be played as they are.",
    ),
    "voice-own-lines": (
        "note",
        "{name}'s own recordings are used for {count} of the {total} lines.",
        "Nothing needs to be done. More can be added, each named for the line that it holds.",
    ),
    "voice-short": (
        "gap",
        "There are only {seconds} seconds of speech in the recordings, too little to choose a voice by. " + _STOCK,
        "Add recordings in which {name} speaks alone: half a minute is enough, more is better.",
    ),
    "voice-no-pitch": (
        "gap",
        "In the recordings nobody speaks aloud: it may be whispering, music or noise. " + _STOCK,
        "Add recordings in which {name} speaks in an everyday voice, without music.",
    ),
    "voice-not-speech": (
        "gap",
        "The recordings do not sound like somebody speaking: it may be music, singing or a noisy room. " + _STOCK,
        "Add recordings in which {name} speaks in an everyday voice, without music.",
    ),
    "voice-another": (
        "gap",
        "The recordings sound as if somebody else than {name} speaks in them. " + _STOCK,
        "Listen to them. Name under also_in_it, in provenance.yaml, whoever else is in a recording; or correct age and sex in person.yaml.",
    ),
    "voice-left-out": (
        "note",
        "{count} of {total} recordings do not sound like the others, and the made voice does not follow them.",
        "If it is {name} in all of them, nothing needs to be done. If not, name under also_in_it, in provenance.yaml, who else speaks.",
    ),
    "voice-pitch-unsure": (
        "note",
        "It could not be told for certain how high or low {name} speaks in the recordings, so the made voice keeps its own height.",
        "Add a recording without music or other voices. Or write pitch: low, middle or high under manner in person.yaml.",
    ),
    "hearing-quick-english": (
        "note",
        "The quicker way of understanding knows English only, so the usual one is used.",
        "Take hearing_speed out in person.yaml; nothing else needs to be done.",
    ),
    "hearing-quick-missing": (
        "note",
        "The quicker way of understanding could not be fetched just now, so the usual one is used.",
        "With a connection to the internet, build once more. The meeting can be held as it is.",
    ),
    "lent-played": (
        "note",
        "For {lines} {name} is spoken by {who}, brought nearer by the computer to how {name} sounded. It is not {name}'s voice.",
        "Tell whoever goes in, so that it surprises nobody.",
    ),
    "lent-waiting": (
        "note",
        "{who} said {lines} for {name}. The computer brought this nearer to how {name} sounded, and at least as near as the made voice comes. "
        "Nothing of it is played before you have heard it.",
        "Listen to it in {place}. If it feels right, say: meetagain recordings {path} --use {first}     (--leave, if not)",
    ),
    "lent-no-voice": (
        "gap",
        "There is too little of {name}'s own voice to bring what {who} said near to. The made voice says these lines.",
        "Half a minute in which {name} speaks alone is enough. What {who} said is kept until then.",
    ),
    "lent-other-words": (
        "gap",
        "In {about} we heard {who} say “{heard}”, and the line is “{text}”. It is not used; the made voice says the line.",
        "Record it once more in the words of the line, or change the line in person.yaml.",
    ),
    "lent-no-line": (
        "gap",
        "In {about} we heard {who} say “{heard}”, and there is no such line. It is not used.",
        "Write beside it in provenance.yaml which line it is for, as line: goodbye/1. Or write the line in person.yaml.",
    ),
    "lent-unclear": (
        "gap",
        "After it was brought nearer to how {name} sounded, {about} could not be understood well any more. The made voice says its line.",
        "{who} can try again: near to the microphone, in a quiet room, not whispered.",
    ),
    "lent-farther": (
        "note",
        "What {who} says in {about} came out less like {name} than the made voice does, so the made voice says its line.",
        "Nothing needs to be done. It may come nearer when {who} speaks as {name} did.",
    ),
    "voice-unmeasured": (
        "gap",
        "There are recordings of {name}, but what chooses a voice by them is not on this computer. " + _STOCK,
        "Write: meetagain doctor --fetch, and then: meetagain build --force",
    ),
}
