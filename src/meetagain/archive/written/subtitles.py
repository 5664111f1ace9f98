"""The transcript of a film comes in (SRT or VTT), what was said goes out, with who said it where the transcript tells."""

import re

from meetagain.archive.written.clean import tidy
from meetagain.archive.written.passage import Passage, Writing

_TIME = re.compile(r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d\d[,.]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]{1,60})>")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|\{\\[^{}]*\}")
_SOUNDS = re.compile(r"\[[^\]]{0,60}\]|\([^)]{0,60}\)|[♪♫♬]+")
_LABEL = re.compile(r"^[-–—]?\s*(?:\[(?P<in>[^\]]{1,40})\]:?|(?P<by>[^\W\d_][^:.?!\n]{0,39}):)\s+(?P<text>\S.*)$")
_DASH = re.compile(r"^[-–—]\s*(?=\S)")


def looks_like(text: str) -> bool:
    """Whether there is a time with an arrow near its beginning."""
    return text.lstrip("\ufeff \n").startswith("WEBVTT") or any(_TIME.match(line) for line in text[:4000].split("\n"))


def read(text: str, day: str = "") -> Writing:
    """Spoken turns, in order. Words that run on over several cues are one turn; sounds in brackets are left out."""
    lines = [line for cue in _cues(tidy(text)) for line in _turns(cue)]
    labelled = sum(bool(by) for by, _ in lines) * 3 >= len(lines) > 0
    turns: list[tuple[str, list[str]]] = []
    for by, words in lines:
        runs_on = bool(turns) and not by and (labelled or not re.search(r"[.!?…][\"'”’]?$", turns[-1][1][-1]))
        if runs_on or (turns and by and by == turns[-1][0] and not re.search(r"[.!?…][\"'”’]?$", turns[-1][1][-1])):
            turns[-1][1].append(words)
        else:
            turns.append((by, [words]))
    return Writing("film", tuple(Passage(" ".join(words), by, day) for by, words in turns), named=labelled)


def _cues(text: str) -> list[list[str]]:
    """The lines under each time."""
    cues: list[list[str]] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        at = next((number for number, line in enumerate(lines) if _TIME.match(line)), None)
        if at is not None:
            cues.append(lines[at + 1 :])
    return cues


def _turns(cue: list[str]) -> list[tuple[str, str]]:
    """(speaker, words) of one cue; a dash or a new label begins another speaker."""
    turns: list[tuple[str, str]] = []
    for line in cue:
        voice = _VOICE.search(line)
        bare = _TAGS.sub("", line)
        label = _LABEL.match(bare)
        by = voice[1].strip() if voice else ((label["in"] or label["by"]).strip() if label else "")
        words = " ".join(_SOUNDS.sub(" ", label["text"] if label and not voice else _DASH.sub("", bare)).split())
        if not words:
            continue
        if turns and not by and not _DASH.match(bare):
            turns[-1] = (turns[-1][0], f"{turns[-1][1]} {words}")
        else:
            turns.append((by, words))
    return turns
