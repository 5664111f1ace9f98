"""A text as it was written comes in; what can be spoken of it goes out, with the same words in the same order."""

import re
import unicodedata

#: Signs that are never seen: control, direction, joiners, tags, halves of a broken sign.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_PICTURES = "\U0001f000-\U0001faff\U0001fb00-\U0001fbff\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
_EMOJI = re.compile(f"[0-9#*]\ufe0f?\u20e3|[{_PICTURES}\u00a9\u00ae\u2122\u2640\u2642\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f]+")
#: Faces made of signs, standing by themselves, and laughing or weeping in single Korean letters.
_FACES = re.compile(
    r"(?:(?<=\s)|^)(?:[:;=][-'^o]?[)(DPpOo3*|/\\\]\[]+|[8xX]-[)(DPp]+|[xX]D+|<3+|\(?\^[_.]?\^[;~]*\)?|[Tt][_.][Tt]|-_-;*|\(?[>ㅠㅜ][_.][<ㅠㅜ]\)?|;;+|\^\^)(?=\s|$|[.,!?])"
)
_KISSES = re.compile(r"(?<=[\w.!?…])\s+(?:x{1,6}|(?:xo){1,4}x?)\s*$")
_LAUGHS = re.compile(r"[ㅋㅎㅠㅜㅡ]+|\((?:이모티콘|하트|굿|꽃|방긋|emoticon|heart)\)|(?<![\w])[;~^]{2,}")
_MARKED = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^*_~\n]+?)(?<=\S)\1(?![\w*_~])")
_EDITED = re.compile(r"\s*<[^<>]*(?:edited|bearbeitet|editado|modifié|편집됨|수정됨)[^<>]*>\s*$", re.I)
#: What a voice could not say as it stands: addresses, long numbers, code, half-written Korean.
_UNSPEAKABLE = re.compile(
    r"https?:|www\.|\w\.(?:com|org|net|io|co|kr|uk|de)\b|\w@\w|@\d|\d{6,}|\d{2,4}[- ]\d{3,4}[- ]\d{3,4}|[<>{}\[\]\\|`=_^#~*@\ufffd]|[ㄱ-ㅣ]",
    re.I,
)
_STOPS = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+(?=[\"'“‘«(¿¡]?[\w가-힣])")
_SHORT = re.compile(r"(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|no|vs|etc|approx|e\.g|i\.e|p\.s)|\b[A-Za-z])\.$", re.I)


def tidy(text: str) -> str:
    """The text without unseen signs, its line ends alike, its letters composed. Words and lines stay as they are."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(tidy(text).split())


def spoken(text: str) -> str:
    """What a voice can say of a message: without emoji, faces made of signs and marks for bold. No word is changed."""
    bare = _EDITED.sub("", " ".join(tidy(text).split()))
    bare = _MARKED.sub(r"\2", bare)
    bare = _KISSES.sub("", _LAUGHS.sub(" ", _FACES.sub(" ", _EMOJI.sub(" ", bare))))
    bare = re.sub(r"\s+([.,!?…]+)(?=\s|$)", r"\1", " ".join(bare.split()))
    return bare.strip()


def can_be_spoken(line: str) -> bool:
    """Whether nothing in it would trip a voice up."""
    return not _UNSPEAKABLE.search(line) and any(sign.isalpha() for sign in line)


def word_count(line: str) -> int:
    """How many words there are."""
    return sum(1 for word in line.split() if any(sign.isalnum() for sign in word))


def paragraphs(text: str) -> list[str]:
    """Parts set off by an empty line, each on one line."""
    return [part for part in (" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text)) if part]


def sentences(line: str) -> list[str]:
    """A line cut after each full stop that ends a sentence."""
    found: list[str] = []
    start = 0
    for stop in _STOPS.finditer(line):
        part = line[start : stop.start()] + stop.group().rstrip()
        if _SHORT.search(part[-12:]) and line[stop.end() : stop.end() + 1] != "":
            continue
        found.append(part.strip())
        start = stop.end()
    return [part for part in (*found, line[start:].strip()) if part]
