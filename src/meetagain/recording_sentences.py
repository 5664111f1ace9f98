"""What a keeper may be told of recordings: code -> (weight, sentence, mend). A part of the catalogue in errors.py."""

RECORDINGS: dict[str, tuple[str, str, str]] = {
    "recordings-none": (
        "note",
        "There is no recording or film of {name} in the folder yet, so every line is said by the made voice.",
        "If one turns up, even a short one, add it with: meetagain add {path} FILES",
    ),
    "recordings-file-unclear": (
        "stop",
        "recordings.yaml, which holds what you decided about the recordings, could not be understood: {detail}. Nothing was changed.",
        "Open it and look at the place named. Or move it away, and you are asked again.",
    ),
    "recordings-under-way": (
        "stop",
        "The recordings are being listened to just now, in another window. Nothing was changed by this one.",
        "Wait until that has come to its end, or stop it there. What was listened to already is kept.",
    ),
    "recording-broken": (
        "gap",
        "{about} could be heard only as far as {until}; what comes after could not be opened. The file was left as it is.",
        "If you have it elsewhere, add that copy too.",
    ),
    "recording-silent": (
        "note",
        "Nothing can be heard in {about}: it is silent from beginning to end.",
        "It is kept. Perhaps the microphone was covered; another copy may have the sound.",
    ),
    "recording-no-speech": ("note", "We heard nobody speak in {about}. It is kept.", "Nothing needs to be done."),
    "recording-crackles": (
        "note",
        "{about} was too loud for its microphone, so it crackles in places. That cannot be mended.",
        "Listen to those places before you let them be played; quieter ones are asked for first.",
    ),
    "recording-music": (
        "note",
        "There is music under the speech in {about}. Cleaning takes most of it away, and sometimes a little of the voice.",
        "Listen before you let it be played; with sound: as it is in recordings.yaml the music stays.",
    ),
    "recording-telephone": (
        "note",
        "{about} sounds as if through a telephone. Its words can be played; a voice is harder to know again in it.",
        "You may be asked about it apart.",
    ),
    "voice-little": (
        "gap",
        "In all that was recorded there are only {seconds} seconds in which somebody speaks. That is too little to know a voice by.",
        "A place can still be played for a line, if you say so. Ask the others for a film, or a message on a telephone.",
    ),
    "voice-nobody": (
        "gap",
        "You said that none of these voices is {name}'s. So nothing is played from the recordings, and the made voice says every line.",
        "If that was a mistake, say so with: meetagain recordings {path} --yes NAME",
    ),
    "lent-is-not-theirs": (
        "stop",
        "{about} is {who}'s voice, as you wrote, not {name}'s. Nothing was changed.",
        "If it is {name}'s own after all, take spoken_by out in provenance.yaml. To let it be played: meetagain recordings {path} --use {about}",
    ),
    "lent-not-heard": (
        "stop",
        "{about} was not brought nearer yet, so there is nothing to listen to. Nothing was changed.",
        "Write: meetagain build {path}. Then listen, and say it again.",
    ),
    "lent-not-used": (
        "stop",
        "{about} cannot be played. Nothing was changed.",
        "The reason stands beside it: meetagain recordings {path}",
    ),
    "clip-unknown": (
        "stop",
        "There is no place called {about} in the recordings. Nothing was changed.",
        "Each place's name stands beside it: meetagain recordings {path} --all",
    ),
    "clip-empty": (
        "gap",
        "Nothing can be heard in {about}, so nothing is played from it. {file} itself is whole.",
        "Look at from and to in recordings.yaml; perhaps they lie behind its end.",
    ),
    "clip-not-theirs": (
        "stop",
        "{about} was not said to be {name}'s voice yet, so it is not played. Nothing was changed.",
        "Listen to it first. If it is, say so with: meetagain recordings {path} --yes {about}",
    ),
    "clip-no-line": (
        "stop",
        "It is not clear for which line {about} should be played. Nothing was changed.",
        "Name the line, as: meetagain recordings {path} --use {about} --for appear/1",
    ),
    "clip-line-missing": (
        "gap",
        "{about} is meant for {line}, and there is no such line. Nothing is played from it.",
        "Write that line in person.yaml, or name another: meetagain recordings {path} --use {about} --for LINE",
    ),
    "clip-other-words": (
        "note",
        "In {about} we heard “{heard}”, and it is played for “{text}”. The captions show the line as it is written.",
        "If that is not what you want, write the line in the words that are heard.",
    ),
}
