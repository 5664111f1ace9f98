"""A question that nothing proves comes in; the line that asks whether a memory is meant goes out. It claims nothing."""

from collections.abc import Mapping

from meetagain.mind.lines import Lines
from meetagain.mind.moment import Moment
from meetagain.mind.recall import Recall
from meetagain.schema.archive import Fact
from meetagain.schema.lines import Line


def offer_for(moment: Moment, lines: Lines, recall: Recall) -> Line | None:
    """For the memory that comes nearest, where one does; once in a meeting for each, and never in a heavy moment."""
    if moment.heavy or moment.after_danger or moment.asked_back or moment.turn.talk != "open":
        return None
    fact = recall.meant(moment.asked, moment.used)
    offers = moment.fresh([line for line in lines.group("offer") if fact is not None and line.cites == (fact.id,)])
    return next((line for line in offers if recall.adds(line.text, moment.asked)), None)


def offered(moment: Moment, lines: Lines, facts: Mapping[str, Fact]) -> Fact | None:
    """The memory that the person just asked about in this way."""
    last = next((line for line in lines.saying(moment.last) if line.group == "offer"), None)
    return facts.get(last.cites[0]) if last else None
