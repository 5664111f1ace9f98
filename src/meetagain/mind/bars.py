"""How sure recall must be: every weight and threshold by which a memory is claimed or not, in one place.

All were set by hand on the tuning halves of `demo/eval` in English and Korean (283 questions that have a memory, 156 that have none), on the
same questions with their memory taken out, on those of the other person, and on 278 further questions about what was never told. Words for the
proofs (`proofs/*.yaml`) were added while looking at the same questions, so the tuning halves flatter: 90 % found and 100 % left alone in
English, 87 % and 100 % in Korean. The other halves, run once after everything was set: 70 % and 84 %, 62 % and 88 %. Whoever changes a number
measures on questions that nobody here has read: a memory claimed wrongly hurts more than one that is not found.
"""

import msgspec

from meetagain.mind.lexicon import KIND, MEMBER, SAME

# --- how surely a word of a memory stands for the word that was asked, 0 to 1 ------------------------------------------

BY_RELATION = {SAME: 0.95, MEMBER: 0.9, KIND: 0.3}
NEAR_SURE = (0.0, 0.3, 0.6, 0.85, 0.95)  # at the cosines that the language's world names (`nearness`)
STRANGE = 0.45  # at most, for two things of no common kind, whatever their cosine: a nose is no hat
NEARLY = 0.55  # at most, for a thing and a word that names no thing
GOES_WITH = 0.7  # something that the thing in the memory has
HINTS, HINTED = 3, 0.85  # so many of them make each other so sure
WITHIN = 0.9  # part of a longer word, where words are written together
STANDS = 0.6  # from here on a word counts as standing in the memory
AT_ALL = 0.5  # below, a word does not stand in it at all
EVENT = 0.9  # what is said to have happened must have, not something near it
HEARD = 0.7  # so surely misheard, a word is as good as said
TOGETHER = 0.8  # so alike two words that were heard must be to one that is known
DOUBTED = 0.6  # how much of that is left where what was heard is a word of its own

# --- what each word of a question weighs --------------------------------------------------------------------------------

WEIGHTS = {"word": 1.0, "thing": 1.2, "name": 1.3, "kin": 1.0, "must": 1.0, "other": 1.0, "turning": 0.5, "generic": 0.15}
LOOSE = 0.4  # a thing that a memory may leave unsaid, and does
#: Whoever asks where, who or when asks it of one thing that was done: another thing that was done is no answer.
TURNS_ON_ALL = frozenset(("where", "who", "when", "why", "how", "how_many", "count", "price", "age", "year", "month", "teller"))

# --- the score of a memory that holds: its share of the question, and ---------------------------------------------------

ALIKE_COUNTS = 1.2  # times the cosine of question and memory
FIRM = 0.04  # for a word that stands there itself; off for one of near meaning
TAGGED = 0.05  # for a word that is one of its tags
SORT = 0.06  # for a memory of the sort that is asked for: "what did you like to eat" is rather of taste than of a journey
USED = 0.02  # off for a memory that was told already


class Bar(msgspec.Struct, frozen=True):
    """How much is enough."""

    claimed: float = 0.93  # score of a question of its own, all of which stands in the memory
    in_part: float = 1.0  # score where some word of it does not
    much: int = 3  # so many words that stand in a memory make up for one that does not
    sure: float = 1.1  # score from which on a close second does not matter
    ahead: float = 0.04  # how far it must be before the second below that
    whether: float = 0.5  # cosine from which on a yes-or-no question may hold a word that does not stand in the memory
    least_share: float = 0.5  # below this share nothing is claimed, whatever the cosine
    named: float = 0.18  # cosine where all that is asked for is somebody's name
    near_only: float = 0.3  # cosine where no word of the question stands in the memory itself, only near meanings
    follows: float = 0.55  # share of a follow-up on the memory that is being talked about
    followed: float = 0.1  # how much less of a question the memory that is talked about may hold than another one
    offered: float = 0.22  # cosine from which on a memory may be asked about: "Do you mean the lake?"
    offered_ahead: float = 0.02  # how far it must be before the second for that
    in_passing: float = 0.36  # cosine of a remark and a fresh memory that it names
    few: int = 3  # words of a remark that is hardly more than a name: a caption, a thing that is held
    named_alone: float = 0.0  # the same for so few words, of which a cosine says little
    presumed: float = 0.3  # share from which on a question that fails presupposes something untrue
    otherwise: float = 0.3  # cosine of a question and the memory that says otherwise of one thing in it
    denied: float = 0.52  # how much of what is known to be untrue a question must hold to be about that


BAR = Bar()
