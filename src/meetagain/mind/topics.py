"""What was said comes in; the matter it touches, of those that have an approved answer, goes out."""

import re

_MATTERS: tuple[tuple[str, str], ...] = (
    (
        "harm",
        r"\b(?:want|wish|going|like) to (?:come|go|be) (?:with|to) you\b|\bcan(?:'|no)?t (?:go on|live|do this|carry on)(?: \w+)* (?:without you|any ?more)\b|\bcan't go on\b"
        r"|\b(?:want|wish) (?:to|i could|i was|i were) (?:die|dead|be dead)\b|\bkill(?:ing)? myself\b|\bend (?:it all|my life)\b|\b(?:join|follow) you\b|\btake me with you\b"
        r"|\bdon't want to (?:live|be here|wake up)\b|\bno reason to (?:live|go on)\b|\bbetter off dead\b|\bhurt myself\b|\bsuicid",
    ),
    ("fault", r"\b(?:was|is) it my fault\b|\bmy fault\b|\bi (?:should|could) have\b|\bblame (?:me|myself)\b|\bforgive me\b|\bif only i\b"),
    ("pain", r"\bin (?:any )?pain\b|\b(?:does|did|do) (?:it|you|anything) (?:still )?hurt\b|\bhurting\b|\bsuffer"),
    (
        "honest",
        r"\bare you (?:really |truly |still )?(?:real|here|alive|dead|there|you|gone|a ghost|a robot|a computer|an? (?:ai|machine|program|dream|angel)|in (?:heaven|hell|paradise)|"
        r"watching|conscious|awake|my \w+|waiting|lonely there|cold there|with (?:god|grandma|grandpa|him|her|them))\b|\bis (?:it|this|that) (?:really |truly )?you\b"
        r"|\bcan you (?:really )?(?:see|hear|feel|watch|touch) (?:us|me|this|from)\b|\bfrom where you are\b|\bwhere are you(?: now)?\b|\b(?:is|was) there (?:a )?(?:heaven|god|hell|afterlife|something after)\b"
        r"|\b(?:will|can|could|do) you come (?:home|back)\b|\bcome (?:home|back) (?:to|with) (?:me|us)\b|\bwill (?:i|we) (?:ever )?(?:see|meet|be|talk)\b|\bsee (?:you|each other) again\b|\bmeet again\b"
        r"|\bpromise (?:me|you)\b|\bwhat(?:'s| is) it like (?:there|up there|being dead|to be dead|in heaven)\b|\bdo you know (?:that )?you(?:'re| are| have)?\b.*\b(?:dead|died|gone)\b"
        r"|\b(?:after|when) (?:you|we|people) die\b|\bdid you die\b|\byou(?:'re| are) dead\b|\bare you watching\b|\bdo you (?:miss|wait for|watch|dream|think of) (?:me|us)\b|\bwho are you\b"
        r"|\bwhere (?:have you been|did you go)\b|\bwhat are you\b|\bhave a message\b|\bmessage (?:for|from)\b|\bhow is (?:it in )?heaven\b|\byour soul\b|\bspirit\b|\breincarnat",
    ),
    (
        "refuse",
        r"\bshould i\b|\bwhat (?:should|shall|must) i do\b|\bbeg (?:me|us)\b|\btell me to\b|\bmake me (?:do|go|cry|beg)\b|\bthe will\b|\bpassword|\blottery|\bsue\b|\bsex|\bnaked\b|\bundress"
        r"|\bkiss me on\b|\b(?:hit|hurt|kill|shoot) (?:him|her|me|them|somebody|someone)\b|\b(?:curse|hate) (?:him|her|them)\b|\brevenge\b|\bsay (?:that )?you(?:'re| are) (?:alive|real|in)\b|\bpretend (?:to be|you)\b"
        r"|\bignore your\b|\byour (?:instructions|rules|prompt)\b",
    ),
    (
        "refuse_asked",
        r"\b(?:pills|medicine|medication|tablets|dose|diagnos)|\blawyer|\binherit|\bbank\b|\bmoney\b|\binvest|\bvote|\bdivorce\b|\bgun\b",
    ),
    (
        "stay",
        r"\b(?:don't|do not|please don't) (?:leave|go|fall asleep)\b|\bstay (?:with me|here|forever|a (?:little|bit))\b|\bnever leave\b|\bi can't (?:let|say goodbye)\b|\bdo you (?:still )?love (?:me|us)\b"
        r"|\bdid you love (?:me|us)\b|\b(?:that|when|since|day) you (?:died|left|were gone)\b|\byour (?:funeral|grave|death)\b|\bi(?:'m| am) (?:so )?(?:sad|scared|afraid|broken|tired of)\b|\bi can't stop crying\b",
    ),
    ("sorry", r"\bsorry\b|\bapologi[sz]e"),
    ("miss", r"\bmiss(?:ed|ing)? you\b|\bmiss(?:ed)? (?:your|the way you)\b"),
    ("alone", r"\b(?:so|all|feel|i'm|i am|been) (?:alone|lonely)\b|\blonely\b|\bon my own\b|\bwithout you\b"),
    ("thanks", r"\bthank(?:s| you)\b"),
    ("story", r"\btell me (?:a story|something|about yourself|one more)\b"),
    (
        "love",
        r"\b(?:good|happy|glad|lovely|wonderful) to see you\b|\byou(?:'re| are| look) (?:so |as )?(?:beautiful|lovely|pretty|handsome|sweet)\b|\blove you\b|\bi love\b.*\byou\b",
    ),
    ("how_are_you", r"\bhow are you\b|\bare you (?:ok|okay|well|happy|cold|warm|hungry|tired|fine)\b|\bhow do you feel\b"),
    ("greeting", r"^\s*(?:oh,? )?(?:hello|hi|hey|good (?:morning|evening|afternoon|day))\b"),
    ("crying", r"^\W*(?:\.\.\.|…|sob|\(sob(?:s|bing)?\)|\(cry(?:ing|ies)?\))\W*$"),
)
MATTERS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _MATTERS)
UNSAID = frozenset({"sorry", "thanks", "miss", "fault", "pain", "alone"})


def matter(text: str) -> str:
    """The first matter that is touched, or ''. Harm comes before everything."""
    plain = text.replace("’", "'")
    return next((name for name, pattern in MATTERS if pattern.search(plain)), "")
