"""Text comes in, the words that carry its meaning go out: lower case, lightly stemmed, without the words that carry none."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")

#: Irregular forms, family words and near words, folded together: word:as.
_FOLDED = """
met:meet news:news wrote:write written:write hid:hide hidden:hide blew:blow blown:blow taught:teach built:build lost:lose sang:sing sung:sing
sat:sit ate:eat eaten:eat drank:drink slept:sleep swam:swim caught:catch fell:fall fallen:fall drew:draw drawn:draw rowed:row
wore:wear worn:wear kept:keep won:win lent:lend trod:tread rode:ride ran:run made:make children:child teeth:tooth feet:foot
knives:knife wives:wife bicycle:bike cycle:bike cycling:bike mum:mother mummy:mother mom:mother mama:mother mam:mother dad:father
daddy:father papa:father gran:grandmother grandma:grandmother granny:grandmother nan:grandmother grandpa:grandfather
grandad:grandfather granddad:grandfather bunny:rabbit married:marry marriage:wedding pancakes:pancake doggy:dog puppy:dog teddy:toy
doll:toy tale:story picture:drawing draws:drawing boots:boot wellies:boot song:sing songs:sing birthday:birthday job:work
spectacles:glasses jumper:jersey boat:boat ship:boat scared:afraid frightened:afraid cuddle:hug
"""
IRREGULAR = dict(pair.split(":") for pair in _FOLDED.split())

#: Words that neither show what a question is about nor make it one about something else.
_LIGHT = """
a about actually after again ago all almost also always am an and another any anybody anyone anything are around as ask asked at
away back bad be because been before began being best better big bit both bring brother brought but by call called came can can't
cannot child come could darling daughter day days dear did didn't different do does doesn't doing don't done down each ear even ever
every everybody everyone everything exactly family far father favorite favourite feel felt few find first for forget forgot
forgotten found from fun funny gave get gets getting give given go goes going gone good got grandfather grandmother great had happen
happened happens happy has have having he hear heard hello her here hers hey hi him his hold honey how i i'd i'll i'm i've if in
into is isn't it it's its just keep kind knew know known let let's lets like liked likes little live lived ll long look looked
looking lot lots love loved loves m made make makes many may maybe me mean mind mine more most mother much must my myself name named
need never next nice no nobody not nothing now of off often oh ok okay old on once one only open or other our ours out over own part
people person place please put re really remember remembered right s said same saw say says see seen she should show sister small so
some somebody someone something sometimes son soon still stop story such sure sweetheart t take taken tell than that that's the
their them then there these they thing things think this those thought through time times to today together told too took true try
two under until up us use used usually ve very want wanted wants was way we well went were what what's when where which while who
who's whole whom whose why will wish with without won't wonder would yes yet you you'd you'll you're you've your yours yourself
"""
SOFT = frozenset(_LIGHT.split())
QUESTION = re.compile(
    r"\?\s*$|^\s*(?:and |so |but )?(?:who|what|where|when|why|how|which|whose|do|does|did|are|is|was|were|can|could|will|would|have|has|tell me|remember)\b",
    re.I,
)


def words(text: str) -> list[str]:
    """Lower-case words in order, apostrophes made plain, possessive s taken off."""
    found = [match.group(0).lower().replace("’", "'") for match in _WORD.finditer(text)]
    return [word[:-2] if word.endswith("'s") and word not in SOFT else word for word in found]


def stem(word: str) -> str:
    """A light stem: plural, past and -ing endings off, irregular forms and family words folded together."""
    if word in IRREGULAR:
        return _bare(IRREGULAR[word])
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and not word.endswith("ss"):
            word = base + put
            if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return _bare(IRREGULAR.get(word, word))


def _bare(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def content(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order. "the will" is a thing, "will" alone is not."""
    found, before = [], ""
    for word in words(text):
        thing = word == "will" and before in ("the", "your", "his", "her", "a")
        if thing or (word not in SOFT and len(word) > 1):
            bare = stem(word)
            if thing or bare not in SOFT:
                found.append(bare)
        before = word
    return found


def is_question(text: str) -> bool:
    """Whether this asks something."""
    return bool(QUESTION.search(text.strip()))
