"""The sights of a person come in; what they cannot tell, and what would mend it, goes out as Issues."""

from collections.abc import Callable, Sequence

from meetagain.errors import Issue, issue
from meetagain.likeness.photos.ages import may_stand_in, near
from meetagain.likeness.photos.seen import Sight
from meetagain.schema.person import Person

LISTED = 6
LITTLE_PX = 110  # pixels of a face that stands among others


def concerns(person: Person, found: Sequence[Sight], unknown: Sequence[str]) -> tuple[Issue, ...]:
    """`unknown` names the files in which nobody knows the person's age."""
    faces = [sight for sight in found if sight.face is not None]
    photos = [sight for sight in faces if "drawing" not in sight.notes]
    told = []
    drawings = [sight for sight in faces if "drawing" in sight.notes]
    if faces and not photos:
        told.append(issue("photos-only-drawn", name=person.name))
    elif drawings:
        told.append(issue("photos-drawn", name=person.name, detail=_count(len(drawings))))
    if photos:
        right = [sight for sight in photos if sight.shapes_face] or photos
        told += [*_of_age(person, photos, unknown), *_of_all(person, right)]
        if all(sight.grey for sight in right) and not all(sight.grey for sight in photos):
            told = [issue("photos-grey-near", name=person.name) if one.code == "photos-grey" else one for one in told]
    if found and not faces:
        told.append(issue("photos-behind-only", name=person.name))
    return tuple(told)


def _of_age(person: Person, photos: Sequence[Sight], unknown: Sequence[str]) -> list[Issue]:
    """Whether there are photographs from the years that are to be remembered."""
    shown, years = person.age_shown, [sight.years for sight in photos if sight.years is not None]
    if unknown:
        listed = ", ".join(unknown[:LISTED]) + (" and others" if len(unknown) > LISTED else "")
        return [issue("photos-age-unknown", name=person.name, count=len(unknown), detail=listed)]
    if not years or any(near(each, shown) for each in years):
        return []
    nearest = min(years, key=lambda each: abs(each - shown))
    if may_stand_in(nearest, shown):
        return [issue("photos-far-from-age", name=person.name, shown=f"{shown:g}", age=f"{nearest:g}")]
    return [issue("photos-only-early" if nearest < shown else "photos-only-later", name=person.name)]


def _of_all(person: Person, photos: Sequence[Sight]) -> list[Issue]:
    """What is wrong with every one of them; one good photograph is enough for none of this to be said."""
    every: tuple[tuple[str, Callable[[Sight], bool]], ...] = (
        ("photos-only-profile", lambda sight: "profile" in sight.notes),
        ("photos-dark-glasses", lambda sight: "dark glasses" in sight.notes),
        ("photos-small", lambda sight: "small" in sight.notes or "blurred" in sight.notes),
        ("photos-groups-only", lambda sight: "others" in sight.notes and sight.face.box[3] - sight.face.box[1] < LITTLE_PX),
        ("photos-grey", lambda sight: sight.grey),
    )
    told = [issue(code, name=person.name) for code, wrong in every if all(wrong(sight) for sight in photos)]
    if len(photos) == 1 and not told:
        told.append(issue("photos-one", name=person.name))
    return told


def _count(number: int) -> str:
    return "One of the pictures" if number == 1 else f"Each of {number} pictures"
