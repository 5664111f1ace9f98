"""What a keeper asked of the recordings comes in; they are listened to, what was decided is written, and the lines to print go out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from meetagain.archive.read import read_archive
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.hearing.names import family_names
from meetagain.prepare.clips import Spot, clip_issues, enough, spots
from meetagain.prepare.cutting import cut_out
from meetagain.prepare.lending import LENT, lent_items, read_lent
from meetagain.prepare.listening import forget, listened, recorded
from meetagain.prepare.pinned import standing
from meetagain.prepare.recordings import meant_words
from meetagain.prepare.stages import engine
from meetagain.scenario.packs import load_scenario
from meetagain.schema.archive import Item
from meetagain.schema.recordings import NEARER, Clip, Heard, Kind, Lent, Whose
from meetagain.store.clips import listening, read_clips, write_clips
from meetagain.store.folder import PersonFolder

ASKED_AT_ONCE = 5
MOST_LISTED = 60  # without --all
_BEST_S = 6.0
_QUIET_DB = 20.0

Progress = Callable[[str, float], None]
Say = Callable[[str], None]
Tell = Callable[[Issue], None]


class Asked(msgspec.Struct, frozen=True):
    """One call of `meetagain recordings`. Names are those of places."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    play_for: str = ""
    leave: tuple[str, ...] = ()
    as_it_is: tuple[str, ...] = ()
    everything: bool = False


ALL = "all"
DECIDED = ("yes", "no", "use", "leave", "as_it_is")


def with_more(asked: Asked, more: Sequence[str]) -> Asked:
    """Names that stand after the first: `--yes film-0m01 film-0m20` is both. Raises MeetAgainError where it is not clear what for."""
    named = [name for name in DECIDED if getattr(asked, name)]
    if more and len(named) != 1:
        raise MeetAgainError(issue("names-unclear", ", ".join(more)))
    return msgspec.structs.replace(asked, **{named[0]: (*getattr(asked, named[0]), *more)}) if more else asked


def carry_out(root: Path, asked: Asked, progress: Progress, say: Say, tell: Tell) -> bool:
    """Listen to what is new, write what was decided, and tell what there is; False where some of it could not be done."""
    page = Page(root)
    with listening(root):
        for found in page.listen(progress):
            tell(found)
        fine = page.decide(asked, tell)
        uncut = page.write(asked.everything)
    for found in (*uncut, *page.issues()):
        tell(found)
    page.show(say)
    return fine


class Page:
    """One person's recordings: what was heard in them, and what was decided. Raises MeetAgainError."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = PersonFolder(root)
        self.person = self.folder.read_person()
        self.archive = read_archive(root)
        chosen = self.person.settings
        scenario = load_scenario(chosen.scenario, chosen.language)
        self.lines = standing(root, self.person, self.archive.memory, scenario).spoken.lines
        self.clips = read_clips(root)
        self.spots: tuple[Spot, ...] = ()
        self.lent = lent_items(self.archive)
        self.came_of = read_lent(self.folder)
        self.seconds = 0.0
        self.files = 0
        self._heard: Mapping[str, Heard] = {}

    def listen(self, progress: Progress) -> tuple[Issue, ...]:
        """What there is to know of the recordings themselves."""
        forget(self.folder, self.archive)
        if not recorded(self.archive):
            return (issue("recordings-none", name=self.person.name, path=str(self.root)),)
        hearing = engine(self.person.settings, "hearing")
        self._heard, found = listened(self.folder, self.archive, hearing, self.person.settings.language, self._names(), progress)
        self.files = len(self._heard)
        self.seconds = sum(heard.seconds for heard in self._heard.values())
        self._look()
        return found

    def _names(self) -> tuple[str, ...]:
        return family_names(self.person, self.archive.memory.facts)

    def _look(self) -> None:
        self.spots = spots(self.person, self.archive, self._heard, self.clips, self.lines)

    # --- deciding -------------------------------------------------------------------------------------------------------------

    def decide(self, asked: Asked, tell: Tell) -> bool:
        """Take what was said of each place. One that cannot be taken does not stop the others."""
        fine = True
        for how, names in (("yes", asked.yes), ("no", asked.no), ("leave", asked.leave), ("as it is", asked.as_it_is), ("use", asked.use)):
            if how == "use" and names:
                self._look()  # after what was just said, more may be theirs
            for name in self._meant(names):
                try:
                    self.clips = {**self.clips, name: self._decided(self._clip(name), name, how, asked.play_for)}
                except MeetAgainError as error:
                    tell(error.issue)
                    fine = False
        self._look()
        return fine

    def _meant(self, names: Sequence[str]) -> list[str]:
        """`all` stands for every place in which the person was found."""
        return [each for name in names for each in ([spot.name for spot in self.theirs()] if name == ALL else [name])]

    def _clip(self, name: str) -> Clip:
        spot = next((spot for spot in self.spots if spot.name == name), None)
        if name in self.lent:
            return self.clips.get(name) or _clip_of_lent(self.lent[name], self.came_of.get(name))
        if name not in self.clips and spot is None:
            raise MeetAgainError(issue("clip-unknown", name, path=str(self.root)))
        return self.clips[name] if name in self.clips else _clip_of(spot)

    def _decided(self, clip: Clip, name: str, how: str, play_for: str) -> Clip:
        if name in self.lent:
            return self._lent_decided(clip, name, how)
        if how in ("yes", "no"):
            return msgspec.structs.replace(clip, theirs=how, play_for=clip.play_for if how == "yes" else "")
        if how == "leave":
            return msgspec.structs.replace(clip, play_for="no")
        if how == "as it is":
            return msgspec.structs.replace(clip, sound="as it is")
        spot = next((spot for spot in self.spots if spot.name == name), None)
        if clip.theirs != "yes" and (clip.theirs == "no" or spot is None or spot.whose is not Whose.THEIRS):
            raise MeetAgainError(issue("clip-not-theirs", name, name=self.person.name, path=str(self.root)))
        line = play_for or (spot.proposal.line if spot and spot.proposal else "")
        if not line:
            raise MeetAgainError(issue("clip-no-line", name, path=str(self.root)))
        return msgspec.structs.replace(clip, theirs="yes", play_for=line)

    def _lent_decided(self, clip: Clip, name: str, how: str) -> Clip:
        """What somebody else says is played or not; it is never theirs, and it is brought nearer or not used at all."""
        who = self.lent[name].spoken_by
        if how in ("no", "leave"):
            return msgspec.structs.replace(clip, play_for="no")
        if how != "use":
            raise MeetAgainError(issue("lent-is-not-theirs", name, who=who, name=self.person.name, path=str(self.root)))
        came = self.came_of.get(name)
        if came is None or came.item != self.lent[name].id:
            raise MeetAgainError(issue("lent-not-heard", name, who=who, path=str(self.root)))
        if came.stands != "fits":
            raise MeetAgainError(issue("lent-not-used", name, path=str(self.root)))
        return msgspec.structs.replace(clip, play_for=came.line)

    # --- writing --------------------------------------------------------------------------------------------------------------

    def write(self, everything: bool) -> tuple[Issue, ...]:
        """recordings.yaml with what was decided and what is asked, and a sound for each to listen to."""
        there = {path.relative_to(self.folder.items).as_posix() for path in self.folder.items.rglob("*") if path.is_file()}
        decided = {name: clip for name, clip in self.clips.items() if _answered(clip) and clip.file in there}
        listed = self.spots if everything else (*self.asked(), *self.theirs()[:MOST_LISTED], *self.perhaps()[:MOST_LISTED])
        order = {spot.name: at for at, spot in enumerate(self.spots)}
        gone = {name for name, clip in decided.items() if clip.sound == NEARER and name not in self.lent}
        decided = {name: clip for name, clip in decided.items() if name not in gone}
        self.clips = decided | {
            spot.name: self.clips.get(spot.name, _clip_of(spot)) for spot in listed if spot.clip is None or not _answered(spot.clip)
        }
        self.clips = dict(sorted(self.clips.items(), key=lambda row: (row[1].file, order.get(row[0], 0), row[0])))
        write_clips(self.root, self.clips)
        return cut_out(self.folder, self.archive, self.clips)

    # --- looking --------------------------------------------------------------------------------------------------------------

    def theirs(self) -> list[Spot]:
        """Places in which the person is heard."""
        return [spot for spot in self.spots if spot.whose is Whose.THEIRS]

    def perhaps(self) -> list[Spot]:
        """Places that may be theirs: of each voice the best, and what is short and might be of use."""
        maybe = [spot for spot in self.spots if spot.whose is Whose.PERHAPS and (spot.clip is None or not spot.clip.theirs)]
        return [*_best_of_each_voice(maybe)[:ASKED_AT_ONCE], *(spot for spot in maybe if spot.voice < 0 and spot.proposal)]

    def asked(self) -> list[Spot]:
        """Before anything was confirmed: the clearest place of each voice, first of recordings that were named for a line."""
        if any(clip.theirs == "yes" for clip in self.clips.values()):
            return []
        refused = {spot.voice for spot in self.spots if spot.clip and spot.clip.theirs == "no"}
        open_ = [spot for spot in self.spots if spot.whose is Whose.UNKNOWN and spot.voice not in refused - {-1}]
        known = _best_of_each_voice(open_)
        return (known or sorted(open_, key=_clearness, reverse=True))[:ASKED_AT_ONCE]

    def issues(self) -> tuple[Issue, ...]:
        """What the keeper should know of the voices and of what was decided."""
        found: list[Issue] = []
        if self.spots and not enough(self.spots):
            found.append(issue("voice-little", seconds=round(sum(spot.place.seconds for spot in self.spots))))
        if self.spots and not self.asked() and not self.theirs():
            found.append(issue("voice-nobody", name=self.person.name, path=str(self.root)))
        said = (line.text for line in self.lines)
        return (*found, *clip_issues(self.root, self.person, self.archive, self.clips, said))

    def show(self, say: Say) -> None:
        """What there is, and what can be done next."""
        self._show_own(say)
        self._show_lent(say)

    def _show_lent(self, say: Say) -> None:
        """Lines that others say for them."""
        for who in dict.fromkeys(item.spoken_by for item in self.lent.values()):
            own = {name: item for name, item in self.lent.items() if item.spoken_by == who}
            say(f"\nSaid by {who}, for {self.person.name}:\n")
            wide = max(map(len, own))
            for name, item in own.items():
                say(f"  {name:<{wide}}  {item.duration_s:4.1f} s  {self._lent_words(name, item)}")
            waiting = [name for name in own if self._lent_stands(name) == "fits" and name not in self.clips]
            if waiting:
                say(f"\nListen to what became of it, in {self.folder.build / LENT}, and let it be played:")
                say(f"meetagain recordings {self.root} --use {waiting[0]}     (--leave, if it does not feel right)")

    def _lent_stands(self, name: str) -> str:
        came = self.came_of.get(name)
        return came.stands if came is not None and came.item == self.lent[name].id else ""

    def _lent_words(self, name: str, item: Item) -> str:
        stands, decided = self._lent_stands(name), self.clips[name].play_for if name in self.clips else ""
        if not stands:
            return f"meant for {item.line or 'the line with its words'}; it is brought nearer with: meetagain build {self.root}"
        words = f"“{self.came_of[name].heard}”"
        if decided == "no":
            return f"{words}   not to be played"
        if stands != "fits":
            return f"{words}   {_LENT_NOT[stands]}"
        return f"{words}   {'played for' if decided else 'waits for you, for'} {self.came_of[name].line}"

    def _show_own(self, say: Say) -> None:
        if not self.files:
            return
        name, path = self.person.name, self.root
        spoken_s = sum(spot.place.seconds for spot in self.spots)
        say(
            f"{name}: {_count(self.files, 'recording')} listened to, {_length(self.seconds)}; somebody speaks in {_length(spoken_s)} of it."
        )
        asked, theirs, perhaps = self.asked(), self.theirs(), self.perhaps()
        if asked:
            self._list(say, f"Whose voice is it? Listen to these, and say which is {name}'s:", asked)
            say(f"\nmeetagain recordings {path} --yes {asked[0].name}     (--no, if it is somebody else)")
        if theirs:
            self._list(say, f"{name}'s voice, in {_count(len(theirs), 'place')}, {_length(sum(s.place.seconds for s in theirs))}:", theirs)
        if perhaps:
            self._list(say, f"Perhaps {name}'s. Listen, and say --yes or --no:", perhaps)
        waiting = [spot for spot in theirs if spot.proposal and spot.proposal.line and not (spot.clip and spot.clip.play_for)]
        if waiting:
            say(f"\nTo play a place for its line: meetagain recordings {path} --use {waiting[0].name}     (--for LINE, for another line)")
        if len(theirs) > sum(bool(spot.clip and spot.clip.theirs) for spot in theirs):
            say(f"\nIf all of it is {name}, the made voice is chosen by it: meetagain recordings {path} --yes all")
        if asked or theirs or perhaps:
            say(f"Each is a sound of its own in {self.folder.build / 'recordings'}. Nothing is played before you say so.")

    def _list(self, say: Say, heading: str, found: Sequence[Spot]) -> None:
        say(f"\n{heading}\n")
        wide = max(len(spot.name) for spot in found)
        for spot in found[:MOST_LISTED]:
            say(f"  {spot.name:<{wide}}  {spot.place.seconds:4.1f} s  {self._words(spot)}")
        if len(found) > MOST_LISTED:
            say(f"  and {len(found) - MOST_LISTED} more; all of them stand in recordings.yaml with: meetagain recordings {self.root} --all")

    def _words(self, spot: Spot) -> str:
        heard = f"“{spot.place.text}”" if spot.place.text else "(no words)"
        line = spot.clip.play_for if spot.clip else ""
        if line == "no":
            return f"{heard}   not to be played"
        if line:
            there = meant_words(line, self.person, self.archive)
            return f"{heard}   played for {line}" if there else heard
        if spot.proposal is None:
            return heard
        what = spot.proposal.why
        return f"{heard}   {what}" + (f", for {spot.proposal.line}" if spot.proposal.line else "; no line of yours has it yet")


#: Why a line that somebody else says is not used.
_LENT_NOT = {
    "other-words": "not used: other words than the line's",
    "no-line": "not used: there is no such line",
    "unclear": "not used: hard to understand after it was brought nearer",
    "farther": "not used: the made voice comes nearer",
    "no-voice": "waits for recordings in which they speak themselves",
}


def _clip_of_lent(item: Item, came: Lent | None) -> Clip:
    return Clip(item.file.removeprefix("items/"), 0.0, item.duration_s, came.heard if came else "", theirs="no", sound=NEARER)


def _answered(clip: Clip) -> bool:
    return bool(clip.theirs or clip.play_for)


def _clip_of(spot: Spot) -> Clip:
    # cleaning would take the music out of a song, and where it is quiet it has nothing to take but a little of the voice
    as_it_is = (spot.place.kind is Kind.SONG and spot.place.music) or spot.place.above_noise_db >= _QUIET_DB
    return Clip(spot.file, spot.place.start_s, spot.place.end_s, spot.place.text, sound="as it is" if as_it_is else "cleaned")


def _best_of_each_voice(found: Sequence[Spot]) -> list[Spot]:
    best: dict[int, Spot] = {}
    for spot in found:
        if spot.voice >= 0 and (spot.voice not in best or _clearness(spot) > _clearness(best[spot.voice])):
            best[spot.voice] = spot
    length = {voice: sum(spot.place.seconds for spot in found if spot.voice == voice) for voice in best}
    return sorted(best.values(), key=lambda spot: (bool(spot.item.line) and not spot.item.also_in_it, length[spot.voice]), reverse=True)


def _clearness(spot: Spot) -> float:
    place = spot.place
    return min(place.seconds, _BEST_S) + place.above_noise_db / 10 - 200 * place.clipped - 2 * place.music


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _length(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60)} s"
