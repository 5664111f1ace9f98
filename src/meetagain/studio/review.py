"""A person's folder and what a keeper wants come in; lines are listed and decided on, memories opened, an approval written or checked."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from meetagain import __version__, backends
from meetagain.archive.read import read_archive
from meetagain.errors import Issue, issue
from meetagain.mind.approval import Answers, Difference, made_of, probe, probed, questions, spoken
from meetagain.mind.kept import read_kept
from meetagain.mind.language import Language, known_languages, language, read_language
from meetagain.mind.meaning import meaning
from meetagain.mind.review import Entry, approved, edited, entries, forbidden, gone
from meetagain.prepare.pinned import Standing, standing
from meetagain.scenario.packs import load_scenario
from meetagain.schema.approval import Approval
from meetagain.schema.lines import Decision, Repertoire
from meetagain.store.folder import PersonFolder
from meetagain.store.review import read_decisions, reviewing, write_approval, write_decisions

ALL = "all"


class Review:
    """One person's lines on the keeper's desk. Everything is read once; what is decided is written at once and read again."""

    def __init__(self, root: Path, *, afresh: bool = False) -> None:
        self.root, self._afresh = root, afresh
        self.person = PersonFolder(root).read_person()
        self.memory = read_archive(root).memory
        self.scenario = load_scenario(self.person.settings.scenario, self.person.settings.language)
        self.standing = self._read()

    def _read(self) -> Standing:
        return standing(self.root, self.person, self.memory, self.scenario, afresh=self._afresh)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every line with its mark, shelf by shelf."""
        return entries(self.standing.laid_out.lines, self.standing.decisions, self.person)

    @property
    def gone(self) -> dict[str, Decision]:
        """Decisions on lines that are no longer said."""
        return gone(self.standing.laid_out.lines, self.standing.decisions)

    # --- deciding -------------------------------------------------------------------------------------------------------------

    def decide(
        self, how: str, names: Sequence[str], among: Iterable[Entry] | None = None, text: str = "", as_family_wrote_it: bool = False
    ) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
        """`how` is approve, forbid, edit or undo; (keys that were decided on, Issues). Raises MeetAgainError.

        A name is a line's key, or what stands before its slash for all lines of a group or a memory; `all` is every line of `among`
        that was not read yet.
        """
        wanted: dict[str, Decision | None] = {}
        issues: list[Issue] = []
        for name in names:
            fitting = [entry for entry in self._named(name, among) if how != "edit" or entry.line.key == name]
            loose = [key for key in self.gone if how == "undo" and key == name]
            if not fitting and not loose and name != ALL:
                issues.append(issue("line-unknown", name, path=str(self.root)))
            wanted.update(dict.fromkeys(loose))
            for entry in fitting:
                decision, found = self._decision(how, entry, text, as_family_wrote_it)
                issues += found
                if decision is not None or how == "undo":
                    wanted[entry.line.key] = decision
        self._write(wanted)
        return tuple(wanted), tuple(issues)

    def _named(self, name: str, among: Iterable[Entry] | None) -> list[Entry]:
        if name == ALL:
            return [entry for entry in (self.entries if among is None else among) if entry.mark.unread]
        return [entry for entry in self.entries if entry.line.key == name or entry.line.key.startswith(f"{name}/")]

    def _decision(self, how: str, entry: Entry, text: str, as_family_wrote_it: bool) -> tuple[Decision | None, tuple[Issue, ...]]:
        if how == "edit":
            edit = edited(entry.line, text, self.person, self.memory, self._rules(), as_family_wrote_it=as_family_wrote_it)
            return edit.decision, edit.issues
        return {"approve": approved, "forbid": forbidden, "undo": lambda line: None}[how](entry.line), ()

    def _rules(self) -> Language | None:
        laid_out = self.standing.laid_out
        if laid_out.rules:
            return read_language(laid_out.rules)
        return language(laid_out.language) if laid_out.language in known_languages() else None

    def _write(self, wanted: dict[str, Decision | None]) -> None:
        if not wanted:
            return
        with reviewing(self.root):
            kept = read_decisions(self.root)
            now = {**self.standing.decisions, **wanted}  # what moved with its line is written under the key it has now
            write_decisions(self.root, {key: now.get(key) for key in {**kept, **now} if now.get(key) != kept.get(key)})
        self.standing = self._read()

    # --- approving ------------------------------------------------------------------------------------------------------------

    def approve(self) -> Approval | None:
        """Write the approval where every line was read; None where some were not."""
        if any(entry.mark.unread for entry in self.entries):
            return None
        laid_out = self.standing.laid_out
        kept = read_decisions(self.root)
        said = spoken(laid_out, kept, pinned=True)
        approval = Approval(
            software=__version__,
            date=date.today().isoformat(),
            made_of=made_of(self.person, self.memory, self.scenario, kept),
            laid_out=laid_out,
            decisions={key: decision for key, decision in self.standing.decisions.items() if key not in self.gone},
            probes=probed(questions(self.memory, laid_out.language), said.lines, self._answers(said)),
        )
        with reviewing(self.root):
            write_approval(self.root, approval)
        self._afresh = False
        self.standing = self._read()
        return approval

    def check(self) -> tuple[Difference, ...] | None:
        """What is answered otherwise than when it was approved; None where no approval fits."""
        approval = self.standing.approval
        if approval is None or not self.standing.approved:
            return None
        return probe(approval, self._answers(self.standing.spoken))

    def _answers(self, said: Repertoire) -> Answers:
        """The built-in mind, opened on these lines: what a language model would rephrase is no part of an approval."""
        meaning().know(read_kept(PersonFolder(self.root)))
        return backends.load("mind", "embedded").open(self.person, self.memory, said, seed=0).answer
