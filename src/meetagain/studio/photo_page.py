"""Groups of faces come in; one page goes out on which a keeper sees who is who: no script, no outside address, the pictures inside it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from meetagain.likeness.photos.grouping import Likely
from meetagain.schema.person import Person
from meetagain.schema.photos import Face, Found

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
OURS = "<!doctype html>\n<!-- Faces in a family's photographs, made by: meetagain photos. It is made anew each time. -->\n"
SHOWN, SHOWN_ONCE = 48, 120  # faces of one group; faces seen only once


@dataclass(frozen=True)
class Seen:
    """One face with what is known of it."""

    name: str
    face: Face
    found: Found
    age: float | None
    year: str  # "" where it is not known


@dataclass(frozen=True)
class Group:
    """Faces that look like one person; the clearest first."""

    label: str
    seen: tuple[Seen, ...]

    @property
    def theirs(self) -> bool:
        """Whether the keeper said that it is the person."""
        return any(one.face.theirs == "yes" for one in self.seen)

    @property
    def others(self) -> bool:
        """Whether the keeper said that it is somebody else."""
        return not self.theirs and any(one.face.theirs == "no" for one in self.seen)


@dataclass(frozen=True)
class Album:
    """All that the page shows. `command` is how the keeper calls us for this folder."""

    person: Person
    command: str
    groups: tuple[Group, ...]
    unplaced: tuple[Seen, ...]
    faceless: tuple[tuple[str, bytes], ...]  # file, little picture
    proposed: Likely
    apart: tuple[tuple[str, str], ...]


def page_of(album: Album) -> str:
    """The page as HTML."""
    name = escape(album.person.name)
    css = (files("meetagain.studio") / "sheet.css").read_text("utf-8") + (files("meetagain.studio") / "photo_page.css").read_text("utf-8")
    often = [group for group in album.groups if len(group.seen) > 1 or group.theirs or group.label == album.proposed.group]
    once = [group for group in album.groups if group not in often]
    often.sort(key=lambda group: (not group.theirs, group.label != album.proposed.group, group.others))
    body = "".join(_group(group, album) for group in often)
    return (
        f'{OURS}<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>Who is {name}?</title>\n<style>\n{css}</style>\n</head>\n'
        f'<body>\n<header>\n<p class="over">From your photographs</p>\n<h1>Who is {name}?</h1>\n{_lead(album)}</header>\n<main>\n'
        f"{body}{_once(once, album)}{_unplaced(album)}{_faceless(album)}</main>\n{_foot(album)}</body>\n</html>\n"
    )


def _lead(album: Album) -> str:
    name, proposed = escape(album.person.name), album.proposed
    theirs = [group.label for group in album.groups if group.theirs]
    if not album.groups and not album.unplaced:
        said = ["We found no face in these photographs. They are kept, and nothing is wrong with them."]
    elif theirs:
        said = [f"You said that {name} is {listed(theirs)}. Only what you confirmed shapes the portrait."]
    elif proposed.group:
        said = [
            f"We think that {name} is {escape(proposed.group)}. It can be wrong; you know.",
            f"If it is right: {_code(album.command + ' --yes')}",
        ]
    elif not proposed.alike:
        said = [f"We could not tell from these faces which is {name}. You know. Look for {name}, and tell us the name under the face."]
    else:
        said = [f"Several people are here about equally often, so we chose nobody. Look for {name}, and tell us the letter."]
    if not theirs:
        said.append("Nothing shapes the portrait before you say so. You can stop here, and go on another day.")
    return "".join(f'<p class="lead">{line}</p>\n' for line in said)


def _group(group: Group, album: Album) -> str:
    name, label = escape(album.person.name), escape(group.label)
    many = len(group.seen)
    maybe = group.theirs or group.label == album.proposed.group
    about = f"{many} {'photograph' if many == 1 else 'photographs'}" + _years(group.seen, maybe)
    if group.theirs:
        waiting = sum(not one.face.theirs for one in group.seen)
        said = f"This is {name}, by your word."
        if waiting:
            said += f" New: {waiting}. If they are {name} too: {_code(album.command + ' --yes')}"
    elif group.others:
        said = "Somebody else, by your word."
    else:
        said = f"If this is {name}: {_code(f'{album.command} --person {group.label}')}"
    partners = [b if a == group.label else a for a, b in album.apart if group.label in (a, b)]
    if partners and not group.others:
        said += f" Perhaps the same person as {escape(listed(partners))}, years apart."
    kind = " theirs" if group.theirs else " no" if group.others else ""
    more = f'<p class="meta">and {many - SHOWN} more</p>\n' if many > SHOWN else ""
    return (
        f'<section class="group{kind}">\n<h2><span class="letter">{label}</span> {about}</h2>\n<p class="meta">{said}</p>\n'
        f'<ul class="faces">\n{"".join(_face(one, aged=maybe) for one in group.seen[:SHOWN])}</ul>\n{more}</section>\n'
    )


def _once(groups: Sequence[Group], album: Album) -> str:
    if not groups:
        return ""
    faces = "".join(_face(group.seen[0], group.label) for group in groups[:SHOWN_ONCE])
    name = escape(album.person.name)
    return (
        f'<section class="group small">\n<h2>Seen once</h2>\n<p class="meta">If one of them is {name}, say its letter: '
        f"{_code(album.command + ' --person ' + groups[0].label)}</p>\n"
        f'<ul class="faces">\n{faces}</ul>\n</section>\n'
    )


def _unplaced(album: Album) -> str:
    if not album.unplaced:
        return ""
    name, first = escape(album.person.name), album.unplaced[0].name
    return (
        f'<section class="group small">\n<h2>We could not tell who this is</h2>\n<p class="meta">They are small, blurred or turned away. '
        f"If one of them is {name}, say its name: {_code(f'{album.command} --person {first}')}</p>\n"
        f'<ul class="faces">\n{"".join(_face(one) for one in album.unplaced[:SHOWN_ONCE])}</ul>\n</section>\n'
    )


def _faceless(album: Album) -> str:
    if not album.faceless:
        return ""
    name = escape(album.person.name)
    shown = "".join(
        f'<li>{_image(picture, "")}<span class="key">{escape(file)}</span></li>\n' for file, picture in album.faceless[:SHOWN_ONCE]
    )
    return (
        f'<section class="group small">\n<h2>No face to be seen</h2>\n<p class="meta">If {name} is in one of these, from behind or far away, '
        f"it can still tell of hair and clothes: {_code(f'{album.command} --person {chr(34)}{album.faceless[0][0]}{chr(34)}')}</p>\n"
        f'<ul class="wholes">\n{shown}</ul>\n</section>\n'
    )


def _face(one: Seen, letter: str = "", aged: bool = False) -> str:
    """A face; `aged` where it may be the person, so that their age in it means something."""
    marks = []
    if aged and one.age is not None:
        marks.append(f"{one.age:.0f} years")
    elif one.year:
        marks.append(one.year)
    if one.face.kind == "drawing":
        marks.append("a drawing")
    answer = {"yes": " yes", "no": " no"}.get(one.face.theirs, "")
    head = f'<span class="letter">{escape(letter)}</span> ' if letter else ""
    told = f'<span class="meta">{", ".join(marks)}</span>' if marks else ""
    return f'<li class="face{answer}">{_image(one.found.shown, one.name)}<span class="key">{head}{escape(one.name)}</span>{told}</li>\n'


def _foot(album: Album) -> str:
    name, command = escape(album.person.name), album.command
    return (
        f'<footer class="foot">\n<p>If a face stands in the wrong group, say so by its own name: {_code(command + " --not beach-2")} '
        f"or {_code(command + ' --person beach-2')}</p>\n"
        f"<p>Brothers and sisters, and small children, are easily taken for each other. You have the last word. What you said is kept in photos.yaml; "
        f"there you can also write how old {name} is in a picture.</p>\n"
        "<p>Your photographs were not altered, and nothing of them left this computer. This page holds small copies of faces; "
        "it goes when you take the folder build away.</p>\n</footer>\n"
    )


def _years(seen: Sequence[Seen], aged: bool) -> str:
    ages = [one.age for one in seen if one.age is not None and aged]
    if ages:
        low, high = round(min(ages)), round(max(ages))
        return f", {low} years old" if low == high else f", {low} to {high} years old"
    years = sorted({one.year for one in seen if one.year})
    return "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"


def listed(labels: Sequence[str]) -> str:
    """A; A and B; A, B and C."""
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _image(data: bytes, alt: str) -> str:
    return f'<img alt="{escape(alt, quote=True)}" src="data:image/jpeg;base64,{base64.b64encode(data).decode()}">'
