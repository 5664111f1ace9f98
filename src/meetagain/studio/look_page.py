"""Pictures of a portrait come in; one page goes out on which a keeper looks at it and says what is not like the person: no outside address."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from meetagain.errors import Issue, Severity
from meetagain.schema.person import Person, Pronouns
from meetagain.studio.look_notes import STEPS, group_of, words_for
from meetagain.studio.look_views import View, Views

OURS = "<!doctype html>\n<!-- A portrait to look at, made by: meetagain review FOLDER --likeness. It is made anew each time. -->\n"
LIKE = {Pronouns.SHE: "her", Pronouns.HE: "him", Pronouns.THEY: "them"}
ORDER = ("hair", "eyes", "brows", "nose", "mouth", "smile", "chin", "face", "ears", "skin", "build", "height", "walk")
BY_HAND = {
    "hair": "Hair is told in words: change hair under look in person.yaml, as “dark brown, to the shoulders, a parting on the left”."
}


def look_page(person: Person, views: Views, told: Sequence[Issue], day: str) -> str:
    """The page as HTML with everything inside: pictures, style and the few lines of script."""
    name, place = escape(person.name), files("meetagain.studio")
    css = (place / "sheet.css").read_text("utf-8") + (place / "look.css").read_text("utf-8")
    script = (place / "look.js").read_text("utf-8")
    mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{mark}'"
    like = LIKE[person.spoken_of]
    body = "".join(
        (
            _head(person, views.portrait, day),
            "<main>\n",
            _turn(views.round, name),
            _pairs(views.photos, name),
            _row("Near, far, and from behind", "What is loved is known from afar as well.", views.near_far, "three"),
            _row("Moving", f"Not how {name} moved, but how the portrait does.", views.moving, "four") if views.moving else "",
            _row("Faces", "", views.faces, "four"),
            _told(told),
            _parts(f"Not like {like}"),
            "</main>\n",
            f'<footer class="foot">\n<p>This is a portrait, made from what the family told and kept. It is not {name}, and it can be wrong.</p>\n</footer>\n',
        )
    )
    return (
        f'{OURS}<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>A portrait of {name}</title>\n<style>\n{css}</style>\n</head>\n'
        f"<body>\n{body}<script>{script}</script>\n</body>\n</html>\n"
    )


def _image(picture: bytes, alt: str, width: int, height: int, more: str = "") -> str:
    data = base64.b64encode(picture).decode()
    return f'<img src="data:image/jpeg;base64,{data}" alt="{escape(alt, quote=True)}" width="{width}" height="{height}"{more}>'


def _head(person: Person, view: View, day: str) -> str:
    name = escape(person.name)
    return (
        f"<header>\n{_image(view.picture, f'The portrait of {person.name}', view.width, view.height)}\n<div>\n"
        f'<p class="over">{escape(day)} · for the family alone</p>\n<h1>A portrait of {name}</h1>\n'
        '<p class="lead">Look when you are ready, and with somebody who knew them. Say what is not right, one thing at a time; '
        "the portrait is made anew with it, and nothing that you wrote is lost.</p>\n"
        '<p class="lead">You can close this page at any moment. It will be here later.</p>\n</div>\n</header>\n'
    )


def _turn(views: Sequence[View], name: str) -> str:
    frames = "".join(
        _image(view.picture, f"{name} from {view.words}", view.width, view.height, ' class="on"' if k == 0 else "")
        for k, view in enumerate(views)
    )
    return (
        f'<section>\n<h2>Once round</h2>\n<p class="meta">Build, hair and clothes from every side.</p>\n<div class="turn"><div class="stage">{frames}</div>'
        f'<input type="range" min="0" max="{len(views) - 1}" value="0" aria-label="Turn the portrait"></div>\n</section>\n'
    )


def _pairs(views: Sequence[View], name: str) -> str:
    if not views:
        return (
            '<section>\n<h2>Beside the photographs</h2>\n<p class="meta">No photograph is confirmed yet, so there is nothing to lay beside the portrait.'
            "</p>\n</section>\n"
        )
    rows = "".join(
        f'<figure><div class="pair">{_image(view.photo, f"A photograph of {name}", view.width, view.height)}'
        f"{_image(view.picture, f'The portrait of {name}, seen from the same place', view.width, view.height)}</div>"
        f"<figcaption>{escape(view.words)}</figcaption></figure>\n"
        for view in views
    )
    about = "On the left your photograph, on the right the portrait, seen from where the photographer stood."
    return f'<section>\n<h2>Beside the photographs</h2>\n<p class="meta">{about}</p>\n<div class="row two">\n{rows}</div>\n</section>\n'


def _row(title: str, about: str, views: Iterable[View], columns: str) -> str:
    figures = "".join(
        f"<figure>{_image(view.picture, f'The portrait, {view.words}', view.width, view.height)}<figcaption>{escape(view.words)}</figcaption></figure>\n"
        for view in views
    )
    lead = f'<p class="meta">{about}</p>\n' if about else ""
    return f'<section>\n<h2>{title}</h2>\n{lead}<div class="row {columns}">\n{figures}</div>\n</section>\n'


def _told(told: Sequence[Issue]) -> str:
    rows = "".join(
        f'<li>{escape(one.sentence)} <span class="mend">{escape(one.mend)}</span></li>\n'
        for one in told
        if one.severity is not Severity.STOP
    )
    return f'<section>\n<h2>Good to know</h2>\n<ul class="told">\n{rows}</ul>\n</section>\n' if rows else ""


def _parts(title: str) -> str:
    words, rows = words_for(), ""
    for part, (_, _, directions) in STEPS.items():  # one button for each direction
        words[part] = tuple({sign: word for word, sign in reversed(directions.items())}.values())
    words["height"] = ("taller", "smaller")
    for part in ORDER:
        if part in BY_HAND:
            inside = f'<p class="meta">{BY_HAND[part]}</p>'
        else:
            inside = '<div class="words">' + "".join(_button(part, word) for word in words[part]) + "</div>"
        rows += f'<div class="part"><h3>{part}</h3>{inside}</div>\n'
    return (
        f'<section class="ask">\n<h2>{title}</h2>\n<p class="meta">Touch what should be otherwise: a little of it, and look again. '
        f'It becomes a line for the computer, below.</p>\n<div class="parts">\n{rows}</div>\n'
        '<p class="meta">FOLDER is the folder of this person. More of something: “nose: clearly wider”. All of it stands under look in person.yaml '
        "afterwards, and can be changed or taken out there.</p>\n"
        '<textarea readonly aria-label="Lines for the computer" placeholder="Nothing yet."></textarea>\n'
        '<p><button type="button" class="copy">Copy the lines</button> <span class="copied meta" role="status"></span></p>\n</section>\n'
    )


def _button(part: str, word: str) -> str:
    return f'<button type="button" aria-pressed="false" data-of="{escape(group_of(part, word))}" data-note="{part}: a little {word}">{word}</button>'
