"""What a visitor said comes in; the quiet line that asks the companion to look how they are goes out (A4)."""

QUOTED = 120  # signs of what was said; of more, the last, which is what it was about
_WORDS = {
    "en": "What was just said may be about not wanting to live: “{said}” Look how they are.",
    "ko": "방금 한 말이 살고 싶지 않다는 뜻일 수 있습니다: “{said}” 어떤지 한번 봐 주세요.",
}


def look_how_they_are(said: str, language: str) -> str:
    """In the person's language, or else English."""
    whole = " ".join(said.split())
    shown = whole if len(whole) <= QUOTED else f"…{whole[-QUOTED:].lstrip()}"
    return _WORDS.get(language, _WORDS["en"]).format(said=shown)
