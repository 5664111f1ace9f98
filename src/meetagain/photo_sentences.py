"""What a keeper may be told of photographs: code -> (weight, sentence, mend). A part of the catalogue in errors.py."""

PHOTOS: dict[str, tuple[str, str, str]] = {
    "photos-file-unclear": (
        "stop",
        "photos.yaml, which holds what you decided about the photographs, could not be understood: {detail}. Nothing was changed.",
        "Open it and look at the place named. Or move it away, and you are asked again.",
    ),
    "photos-under-way": (
        "stop",
        "The photographs are being looked at just now, in another window. Nothing was changed by this one.",
        "Wait until that has come to its end, or stop it there. What was looked at already is kept.",
    ),
    "clothes-photo-unused": (
        "note",
        "{about}, named under clothes_photo, tells nothing of clothes: it is not a confirmed photograph in colour with the body in it.",
        "Confirm it with: meetagain photos, name another, or say the clothes in words.",
    ),
    "clothes-photo-unsure": (
        "note",
        "The colour of {detail} cannot be told from {about}, named under clothes_photo; it follows your words.",
        "Write that colour under clothes in person.yaml, or name a photograph in which it is seen larger.",
    ),
    "glasses-by-photos": (
        "note",
        "{name} wears glasses in the photographs in which we could tell, so the portrait wears them too.",
        "If that is not wanted, write glasses: false under look in person.yaml. One photograph without them makes the skin round the eyes truer.",
    ),
    "portrait-taken-back": (
        "gap",
        "The portrait of {name} was made with a photograph that is not used any more, so that portrait was taken away. Nothing of it is shown in a meeting.",
        "Make a new one without it: meetagain build {path}",
    ),
    "photos-none": (
        "gap",
        "There is no photograph of {name} in the folder yet, so the face will be a kind face of the right age, but not {name}'s.",
        "Add some with: meetagain add {path} FILES. A few are enough; one that shows the whole face in daylight is worth most.",
    ),
    "photos-no-face": (
        "gap",
        "We found no face in any of the photographs ({count}). They are kept, and the portrait follows your words.",
        "Add one in which the face is larger and looks towards the camera. If {name} is in one of these, say so: meetagain photos {path} --person NAME",
    ),
    "photo-no-face": (
        "note",
        "We found no face in {count} of the photographs: {detail}.",
        "If {name} is in one of them, perhaps from behind, it can still show the clothes: meetagain photos {path} --person {one}",
    ),
    "photos-two-alike": (
        "gap",
        "Several people are in your photographs about equally often, so we cannot tell who of them is {name}: {detail}. Nothing was chosen.",
        "Open {page}, see which letter is {name}, and say so, as: meetagain photos {path} --person {one}",
    ),
    "photos-nothing-proposed": (
        "gap",
        "We could not tell which of the faces is {name}'s, so there was nothing to say yes to. Nothing was changed.",
        "Open {page}. If one of them is {name}, say its name, as: meetagain photos {path} --person {one}",
    ),
    "photos-unconfirmed": (
        "gap",
        "Nobody has said yet which of the faces in the photographs is {name}'s, so none of them shapes the portrait.",
        "Run: meetagain photos {path}, look at the page that it makes, and say who is who.",
    ),
    "photos-more-unconfirmed": (
        "note",
        "There are new faces that may be {name}'s ({count}). They are not used before you say so.",
        "Look at them in {page}. If they are {name}: meetagain photos {path} --yes",
    ),
    "photos-refused": (
        "gap",
        "You said that none of these faces is {name}'s, so the portrait follows your words alone.",
        "If that was a mistake, say so with: meetagain photos {path} --person NAME",
    ),
    "photo-name-unknown": (
        "stop",
        "There is no face or group called {about}. Nothing was changed.",
        "Each has its name beside it in {page}. A group is a letter, as A; a face is a name, as beach-1.",
    ),
    "photo-face-lost": (
        "note",
        "The face that you confirmed as {about} could not be found again where photos.yaml says that it is.",
        "Take that entry out of photos.yaml and run: meetagain photos {path}",
    ),
    "photo-note-unclear": (
        "note",
        "What the camera wrote down beside {about}, such as the day, cannot be read. The picture itself is whole and is used.",
        "If you know how old they are in it, write it in photos.yaml, under age. If it lies on its side, turn it and add it again.",
    ),
    "photo-day-odd": (
        "note",
        "The day in {about} cannot be right: by it {name} would not have been born, or be far too old, or it has not come yet. We leave that day aside.",
        "If you know how old {name} is in it, write it in photos.yaml, under age.",
    ),
    "photo-day-copied": (
        "note",
        "{about} is black and white, and its day is most likely the one on which the print was copied. So we do not know how old {name} is in it.",
        "If you know, write it in photos.yaml, under age. If the day is right all the same, write the age there too.",
    ),
    "photos-age-unknown": (
        "note",
        "We do not know how old {name} is in {count} of the photographs: {detail}. If three others are from the right years, these are left out of the face. If not, we take them to be near that age.",
        "Where that is not so, write the age in photos.yaml, under age. The day of birth in person.yaml, under born, helps too.",
    ),
    "photos-far-from-age": (
        "gap",
        "No photograph shows {name} near the age you want to remember, {shown}. The nearest, at {age}, shape the face; it may look younger or older.",
        "Add one from those years if there is one, or write under age in photos.yaml how old {name} really is.",
    ),
    "photos-only-early": (
        "gap",
        "All photographs show {name} much younger than the age you want to remember. A face changes too much for that, so they tell us only the tone of the skin and the colour of the eyes.",
        "Add one from later years, even a small one. Or choose an age nearer to these under age_shown in person.yaml.",
    ),
    "photos-only-later": (
        "gap",
        "All photographs show {name} much older than the age you want to remember. A child's face cannot be told from them, so they tell us only the tone of the skin and the colour of the eyes.",
        "Add one from those years, even a small one. Or choose an age nearer to these under age_shown in person.yaml.",
    ),
    "photos-only-profile": (
        "gap",
        "Every photograph shows {name} from the side, so little of the face can be followed; the rest is a kind face of the right age.",
        "Add one in which both eyes are seen, even a small one.",
    ),
    "photos-dark-glasses": (
        "gap",
        "{name} wears dark glasses in every photograph, so we cannot see the eyes. They follow your words in person.yaml.",
        "Add one without them, and write the colour of the eyes under look.",
    ),
    "photos-groups-only": (
        "note",
        "In every photograph {name} stands among others, and the face is small. It is used, but it tells less than a portrait would.",
        "If somebody has one in which the face fills the picture, add it. A larger copy of the same picture helps too.",
    ),
    "photos-small": (
        "gap",
        "In every photograph {name}'s face is very small or blurred, so the portrait can follow it only a little.",
        "Add a larger copy if there is one: the file from the camera itself, not one that was sent on by telephone.",
    ),
    "photos-grey": (
        "gap",
        "Every photograph is black and white or faded to one colour. The shape is taken from them; the colours of hair, eyes and skin follow your words.",
        "Write those colours under look in person.yaml. Or confirm a colour photograph: eyes and skin can be told from one of any year, hair from one of the right years.",
    ),
    "photos-grey-near": (
        "gap",
        "Every photograph from the right years is black and white or faded to one colour. The tone of the skin and the eyes are taken from other years; the hair's colour follows your words.",
        "Write the colour of the hair under look in person.yaml, or add a colour photograph from the right years.",
    ),
    "photos-drawn": (
        "note",
        "{detail} looks like a drawing or a painting of {name}. Neither the face nor its colours are taken from it.",
        "If it is a photograph, write kind: photo beside it in photos.yaml.",
    ),
    "photos-only-drawn": (
        "gap",
        "We have only drawings or paintings of {name}, so the face is a kind face of the right age.",
        "If one of them is a photograph after all, write kind: photo beside it in photos.yaml. Otherwise add a photograph, even a small one.",
    ),
    "photos-behind-only": (
        "gap",
        "In none of the photographs that you confirmed is {name}'s face to be seen. The portrait follows your words, with a kind face of the right age. The clothes can be taken from one of them.",
        "Add one in which the face is seen, even a small one. For the clothes, name a picture under clothes_photo in person.yaml.",
    ),
    "photos-one": (
        "note",
        "One photograph shapes the face. Its other side, and how it looks in other light, we can only guess.",
        "Two or three more from the same years, from a little to the left and right, make it truer.",
    ),
}
