"""The catalogue of Issues: a code and its facts come in, a sentence that a family can read goes out."""

from enum import StrEnum

import msgspec

from meetagain.brought_sentences import BROUGHT
from meetagain.face_sentences import FACE
from meetagain.photo_sentences import PHOTOS
from meetagain.recording_sentences import RECORDINGS
from meetagain.review_sentences import REVIEW
from meetagain.voice_sentences import VOICE


class Severity(StrEnum):
    """How much an Issue weighs: a note is good to know, a gap makes the portrait poorer, a stop must be mended first."""

    NOTE = "note"
    GAP = "gap"
    STOP = "stop"


class Issue(msgspec.Struct, frozen=True):
    """Something the keeper should know: what happened, and what would mend it, in words without a technical term."""

    code: str
    severity: Severity
    sentence: str
    mend: str
    about: str = ""  # file name, memory id or beat id that the sentence speaks of


class MeetAgainError(Exception):
    """Raised where work cannot go on; carries the Issue that says why and what would mend it."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(f"{issue.sentence} {issue.mend}")
        self.issue = issue


# code: (severity, sentence, mend). Braces are filled from the facts given to issue().
CATALOGUE: dict[str, tuple[Severity, str, str]] = {
    "folder-missing": (Severity.STOP, "There is no folder at {path}.", "Check the name, or make it with: meetagain new {path}"),
    "folder-exists": (
        Severity.STOP,
        "There is already something at {path}, and nothing in it was touched.",
        "Choose another name, or add to it with: meetagain add {path}",
    ),
    "person-file-missing": (
        Severity.STOP,
        "The folder {path} has no person.yaml, so we do not know who it is about.",
        "Make a fresh folder with: meetagain new, and copy its person.yaml here.",
    ),
    "person-file-unclear": (
        Severity.STOP,
        "person.yaml could not be understood: {detail}.",
        "Open person.yaml, look at the place named, and compare it with docs/person-folder.md.",
    ),
    "archive-empty": (
        Severity.GAP,
        "Nothing has been added yet, so the portrait rests on the words in person.yaml alone.",
        "Add photos, recordings and memories with: meetagain add {path} FILES",
    ),
    "no-photo": (
        Severity.GAP,
        "There is no photo yet. The face will be a kind face of the right age, but not hers or his.",
        "Describe the look in words in person.yaml; those are followed. Add photos if you have any, and say who is in them with: meetagain photos",
    ),
    "look-word-unknown": (
        Severity.NOTE,
        "We did not understand {about} in the words about the look, so the portrait leaves it out.",
        "Say it in simpler words, such as: light brown, two plaits, a fringe. Or leave it.",
    ),
    "look-not-drawn": (
        Severity.NOTE,
        "The portrait is without this, though you told us of it: {about}.",
        "It is kept with what you wrote. There is nothing to mend; the words stay for the day when it can be drawn.",
    ),
    "likeness-unclear": (
        Severity.STOP,
        "The body in {about} could not be read, so we could not teach it to move.",
        "Build it afresh with: meetagain build, and nothing of the family's own files is touched.",
    ),
    "no-voice": (
        Severity.GAP,
        "There is no recording yet. The voice will be of the right kind, but not hers or his.",
        "Add recordings, and name the line that each one holds: those are played as they are, and the made voice is chosen by them.",
    ),
    "no-memories": (
        Severity.GAP,
        "There are no memories yet, so there is almost nothing to talk about.",
        "Write ten short memories in memories.yaml and add the file.",
    ),
    "file-empty": (Severity.GAP, "{about} has nothing in it. It was left as it is.", "Copy it again from the phone or camera."),
    "file-unreadable": (
        Severity.GAP,
        "{about} could not be read: {detail}. It was left as it is, and everything else was taken.",
        "Copy it again from where it came from, or save it in another form.",
    ),
    "file-cut-short": (
        Severity.GAP,
        "{about} stops in the middle, as if copying it was interrupted. It was left as it is.",
        "Copy it again from the phone or camera.",
    ),
    "file-kind-unknown": (
        Severity.GAP,
        "{about} is of a kind we do not know. It was left as it is.",
        "Photos: JPEG, PNG, HEIC. Sound: WAV, MP3, M4A, FLAC, OGG. Films: MP4, MOV, 3GP. Letters: TXT, MD, DOCX.",
    ),
    "photo-too-large": (
        Severity.GAP,
        "{about} is a very large picture ({megapixels} million points), more than this computer can open safely.",
        "Save a smaller copy, at most {limit} million points, and add that one.",
    ),
    "name-taken": (
        Severity.NOTE,
        "There is already a file called {about} with other contents. Both are kept; the new one is called {new_name}.",
        "Nothing needs to be done.",
    ),
    "already-here": (Severity.NOTE, "{about} is already in the folder.", "Nothing needs to be done."),
    "memories-unclear": (
        Severity.STOP,
        "{about} could not be understood: {detail}.",
        "Open the file, look at the line named, and compare it with docs/person-folder.md.",
    ),
    "memory-no-id": (
        Severity.STOP,
        "A memory in {about} has no id ({detail}).",
        "Give it a short name of its own, such as j31, in front of the others.",
    ),
    "memory-duplicate-id": (
        Severity.STOP,
        "Two memories have the same id, {detail}, in {about}. Nothing was overwritten.",
        "Give one of them another id.",
    ),
    "consent-missing": (
        Severity.STOP,
        "Before anything is built, someone who is close must say who they are and that they may: {detail}.",
        "Open person.yaml and fill in the part called consent.",
    ),
    "consent-refused": (
        Severity.STOP,
        "{name} had said no to something like this, so we will not build it. Nothing was changed.",
        "If this was written by mistake, correct the wish in person.yaml, under consent.",
    ),
    "visitor-not-adult": (Severity.STOP, "Meetings are for adults.", "An adult may go in, and may tell the others of it afterwards."),
    "visitor-portrait": (
        Severity.STOP,
        "It was not yet confirmed that this is a portrait and not {name}.",
        "Read the three sentences together, and confirm when they are understood.",
    ),
    "visitor-not-yet": (Severity.STOP, "The visitor has not said that they want to go in.", "There is no hurry."),
    "scenario-missing": (Severity.STOP, "There is no story called {about}.", "Choose one of: {detail}."),
    "scenario-unclear": (
        Severity.STOP,
        "The story {about} could not be understood: {detail}.",
        "Look at the line named and compare it with docs/writing-scenarios.md.",
    ),
    "scenario-dead-end": (
        Severity.STOP,
        "In the story {about}, the part {detail} has no way on to the goodbye.",
        "Give it an exit that leads to a part which comes later.",
    ),
    "scenario-unreachable": (
        Severity.GAP,
        "In the story {about}, no way leads to the part {detail}.",
        "Let an earlier part lead to it, or take it out.",
    ),
    "scenario-cue-unknown": (
        Severity.STOP,
        "In the story {about}, something is written that nobody can carry out: {detail}.",
        "Choose one of those listed in docs/writing-scenarios.md.",
    ),
    "scenario-word-unknown": (
        Severity.STOP,
        "In the story {about}, a word stands in braces that means nothing here: {detail}.",
        "Use {{name}}, {{they}}, {{them}} or {{their}}, or take the braces away.",
    ),
    "scenario-touch-unasked": (
        Severity.STOP,
        "In the story {about}, the part {detail} offers a touch before it was asked for.",
        "Let the portrait ask first: a say: touch_ask before the offer.",
    ),
    "scenario-voice-first": (
        Severity.STOP,
        "In the story {about}, a voice is heard in the part {detail} before the place has been heard for ten seconds.",
        "Begin with the sound of the place, and let the first words come later.",
    ),
    "scenario-time": (
        Severity.GAP,
        "The times in the story {about} do not fit: {detail}.",
        "Make parts shorter, or correct the three numbers.",
    ),
    "scenario-line-missing": (
        Severity.STOP,
        "The story {about} needs a line for {detail}, and none is written.",
        "Write at least one under lines in person.yaml.",
    ),
    "weights-missing": (
        Severity.STOP,
        "A part that the voice or the hearing needs is not on this computer yet: {about}.",
        "Run: meetagain doctor --fetch while the computer is on the internet. It is needed only once.",
    ),
    "weights-broken": (
        Severity.STOP,
        "A part that was fetched, {about}, is not what it should be, so it was not used.",
        "Run: meetagain doctor --fetch again.",
    ),
    "build-under-way": (
        Severity.STOP,
        "{name} is being built just now, in another window. Nothing was changed by this one.",
        "Wait until that build has come to its end, or stop it there; then build again.",
    ),
    "not-built": (
        Severity.STOP,
        "{name} has not been built yet, or something was added or taken out since.",
        "Run: meetagain build {path}",
    ),
    "person-retired": (Severity.STOP, "{name} has been laid to rest, and no meeting is held any more.", "The keepsakes are still here."),
    "script-unclear": (
        Severity.STOP,
        "The visitor's script {about} could not be understood: {detail}.",
        "Look at the place named, and compare it with docs/rehearsing.md.",
    ),
    "stage-left-out": (
        Severity.NOTE,
        "Nothing on this computer can make the {about} yet, so the meeting is held by voice and words.",
        "Nothing needs to be done.",
    ),
    "bench-browser-missing": (
        Severity.STOP,
        "This is measured in a browser, and there is none here that can be led.",
        "Run make test once; it brings what is needed.",
    ),
    "bench-not-asked": (Severity.STOP, "The measurement {about} does not know {detail}.", "Leave it out, or choose another measurement."),
    "bench-share-unclear": (
        Severity.STOP,
        "{about} does not say which part of the people to measure.",
        "Write 1/2 in one window and 2/2 in another, so that each measures half of them.",
    ),
    "bench-folder-unclear": (
        Severity.STOP,
        "Nothing can be measured with the folder {about}: {detail}.",
        "See docs/benches.md: one folder for each person, with three photographs or more of that person in it.",
    ),
    "bench-missing": (Severity.STOP, "There is no measurement called {about}.", "Choose one of: {detail}."),
    "engine-missing": (
        Severity.STOP,
        "The {about} asked for in person.yaml is not on this computer ({detail}).",
        "Write embedded there, or install the package that brings it.",
    ),
    "remote-not-allowed": (
        Severity.STOP,
        "The {room} would send family words to another computer ({about}), and that is switched off.",
        "If you want this, write remote_allowed: true in person.yaml. The companion's page will show it.",
    ),
    "remote-unclear": (
        Severity.STOP,
        "The address of the {room}, {about}, could not be understood.",
        "Write it in person.yaml under remote as http://127.0.0.1:8880/v1, or take it out and use what is built in.",
    ),
    "remote-silent": (
        Severity.GAP,
        "The {room} at {about} could not be used: {detail}.",
        "See whether it is switched on, or write embedded in person.yaml and use what is built in.",
    ),
    "language-unsupported": (
        Severity.STOP,
        "The built-in voice does not speak {language} yet.",
        "Connect a voice that does, as docs/person-folder.md tells, or choose one of: {detail}.",
    ),
    "voice-unknown": (
        Severity.STOP,
        "There is no voice called {about}.",
        "Leave voice_name in person.yaml empty, and one of the right kind is chosen; or take a name from docs/voice.md.",
    ),
    "line-unvoiced": (
        Severity.GAP,
        "One line could not be made into sound: {about}.",
        "Write it a little differently, or add a recording of it.",
    ),
    "text-found": (
        Severity.NOTE,
        "{about} was read. Found in it, and waiting for you in {page}: {count} of {of} sentences. None of them is spoken yet.",
        "Read that page when you are ready. It says how to let one be spoken.",
    ),
    "text-nothing-found": (
        Severity.NOTE,
        "{about} is kept. There is nothing in it that could be told of {name}.",
        "Nothing needs to be done.",
    ),
    "text-writer-unknown": (
        Severity.NOTE,
        "We could not tell whether {name} wrote any of {about}. Those who write there are: {detail}.",
        'If one of them is {name}, add the file again and say so, as --written-by "{one}"; or write that name under called in person.yaml first.',
    ),
    "text-unsigned": (
        Severity.NOTE,
        "{about} does not say who wrote it, so no word in it was taken for {name}'s own.",
        'If {name} wrote it, add it again with --written-by "{name}". If somebody else did, nothing needs to be done.',
    ),
    "text-other-language": (
        Severity.NOTE,
        "Left out of what was found in {about}, because it is in another language than the portrait speaks: {count}. The file itself is whole.",
        "If one of them matters to you, write it in memories.yaml in your own words.",
    ),
    "text-days-unsure": (
        Severity.NOTE,
        "In {about} it is not clear which number is the day and which the month, so only the year was kept.",
        "Write the day at each memory you care for, under when.",
    ),
    "text-letters-guessed": (
        Severity.NOTE,
        "{about} was saved in an older way, and we read it as most computers in Western Europe wrote it.",
        "If letters look wrong in what was found, save the text anew as UTF-8, take the old one out, and add the new one.",
    ),
    "text-letters-unclear": (
        Severity.GAP,
        "The letters of {about} could not be read for certain. It was left as it is.",
        "Open it where it was written, save it as plain text (UTF-8), and add that.",
    ),
    "text-too-long": (
        Severity.GAP,
        "{about} is longer than this computer can read in one piece ({limit} million letters). It was left as it is.",
        "Cut it into parts, and add those.",
    ),
    "text-long": (
        Severity.NOTE,
        "{about} is very long. It is kept whole, and the newest {limit} messages in it were read.",
        "Nothing needs to be done.",
    ),
    "text-unknown": (
        Severity.GAP,
        "There is nothing in {about} that we know as a letter, a note or a chat. It was left as it is.",
        "Letters: TXT, MD, DOCX. Chats: the file that the phone makes when a chat is exported, or messages in JSON. Transcripts: SRT, VTT.",
    ),
    "zip-unsafe": (
        Severity.GAP,
        "{about} would unpack into far more than it should. It was not opened, and it was left as it is.",
        "Take the text out of it yourself, and add that.",
    ),
    "memories-without-file": (
        Severity.NOTE,
        "{count} memories rest on files that were taken out or may not be used, so they are not told: {detail}.",
        "Nothing needs to be done. If a file comes back, so do they.",
    ),
    "memories-waiting": (
        Severity.NOTE,
        "Found in letters, chats or films, and waiting for you to read: {count} memories. None of them is spoken.",
        "Open the pages called memories-... beside memories.yaml when you are ready. Nothing needs to be done before.",
    ),
    "memories-differ": (
        Severity.NOTE,
        "Two memories do not agree. {first} ({first_by}) says “{this}”; {second} ({second_by}) says “{that}”.",
        "Both are kept. Ask each other, correct one, or set one of them to share: never.",
    ),
    **{
        code: (Severity(weight), sentence, mend)
        for code, (weight, sentence, mend) in {**REVIEW, **RECORDINGS, **VOICE, **BROUGHT, **FACE, **PHOTOS}.items()
    },
}


def issue(code: str, about: str = "", **facts: object) -> Issue:
    """One Issue of the catalogue with its facts filled in.

    Raises KeyError for a code that is not in the catalogue or a fact that its sentence needs.
    """
    severity, sentence, mend = CATALOGUE[code]
    named = {"about": about, **facts}
    return Issue(code=code, severity=severity, sentence=sentence.format(**named), mend=mend.format(**named), about=about)
