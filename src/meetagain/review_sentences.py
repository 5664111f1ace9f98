"""What a keeper may be told while reading lines: code -> (weight, sentence, mend). A part of the catalogue in errors.py."""

REVIEW: dict[str, tuple[str, str, str]] = {
    "lines-file-unclear": (
        "stop",
        "lines.yaml, which holds what you decided about the lines, could not be understood: {detail}. Nothing was changed.",
        "Open it and look at the place named. Or move it away, and everything waits to be read again.",
    ),
    "review-under-way": (
        "stop",
        "The lines are being changed just now, in another window. Nothing was changed by this one.",
        "Wait a moment, then do it again.",
    ),
    "line-unknown": (
        "stop",
        "There is no line called {about}. The others that you named were taken.",
        "Each line's name stands beside it: meetagain review {path} --lines",
    ),
    "lines-unread": (
        "note",
        "The lines that may be said have not been approved yet. {count} of them nobody has read.",
        "Read them with: meetagain review {path} --lines",
    ),
    "lines-none-left": (
        "gap",
        "No line is left for {about}, which the story needs. That moment would pass in silence.",
        "Write one in person.yaml, or take back what you decided: meetagain review {path} --undo {about}",
    ),
    "approval-outdated": (
        "gap",
        "The lines were approved on {date}. Since then something changed: {what}. {lines}.",
        "Read what is new with: meetagain review {path} --lines --new, and approve it with: meetagain review {path} --approve all",
    ),
    "approval-altered": (
        "gap",
        "approved.json is not as it was written, so it is not used. Your memories and what you decided are safe.",
        "Read the lines once more with: meetagain review {path} --lines, and approve them with: meetagain review {path} --approve all",
    ),
    "approval-too-old": (
        "gap",
        "The lines were approved with a version of the software that was too different from this one, so the approval is not used.",
        "Use that version ({software}) again, or read the lines once more with: meetagain review {path} --lines, and approve them.",
    ),
    "approval-missing": (
        "stop",
        "There is no approval that fits, so there is nothing to compare with.",
        "Read the lines with: meetagain review {path} --lines, and approve them with: meetagain review {path} --approve all",
    ),
    "edit-empty": (
        "stop",
        "There are no words for {about}, or a sign in them that cannot be said. Nothing was changed.",
        "Write the new words between quotation marks. To leave the line out, use --forbid.",
    ),
    "edit-too-long": (
        "stop",
        "The new words for {about} are too long to be said in one breath: {sentences} sentences, the longest of {longest} words. Nothing was changed.",
        "At most {limit} sentences of {most} words each.",
    ),
    "edit-never-said": (
        "stop",
        "The new words for {about} promise, plead, or claim to be more than a portrait. Nothing was changed.",
        "Say it otherwise. If they are your family's own words and you want them so, add: --as-family-wrote-it",
    ),
    "edit-beyond-memory": (
        "gap",
        "The new words for {about} were taken, and they tell something that was not told before: {detail}.",
        "If it is true, add it to the memory too. If not, take the words back with: --undo {about}",
    ),
    "edit-own-words": (
        "note",
        "{about} are their own words as somebody remembers them; now yours are said in their place.",
        "If they were written down wrongly, mend them in the memories file as well.",
    ),
    "memory-unknown": (
        "stop",
        "There is no memory called {about}. Nothing was changed for it.",
        "Each memory's name is what stands after id in your memories files.",
    ),
    "memory-not-changed": (
        "stop",
        "The memory {memory} is written in a way that we would rather not change for you. {about} is as it was.",
        "Open {about}, find {memory}, and write there: share: {share}",
    ),
    "told-unknown": (
        "stop",
        "Nothing was heard at {about}. Nothing was changed for it.",
        "See what was told with: meetagain review {path} --told",
    ),
    "told-taken": ("note", "{about} is already among the memories, as {memory}.", "Nothing needs to be done."),
    "told-file-unclear": (
        "stop",
        "Nothing could be added to {about}: it is not a list of memories as we write it. It is as it was.",
        "Open it and compare it with docs/person-folder.md, or move it away.",
    ),
    "journal-unclear": (
        "gap",
        "The record of the meeting {about} is damaged in the middle. What was told before that place is listed.",
        "Nothing needs to be done. The file was left as it is.",
    ),
    "names-unclear": (
        "stop",
        "It is not clear what is to be done with {about}. Nothing was changed.",
        "Do one thing at a time. Words for --edit stand between quotation marks.",
    ),
    "sheet-exists": (
        "stop",
        "There is already something else at {about}, and nothing in it was touched.",
        "Choose another name for the sheet.",
    ),
}
