"""What was said so far comes in; how long a silence must be before it counts as finished goes out."""

EARLY_SHARE = 0.65  # a finished sentence needs less silence
TRAILING_MORE_S = 0.9  # somebody who stops at "and" or "um" is looking for a word
PATIENT_S = 1.5  # from this patience on nothing is cut short: tears and unsaid words
_OPEN = frozenset((
    "and", "or", "but", "so", "because", "if", "when", "while", "that", "which", "who", "the", "a", "an", "my", "your", "his",
    "her", "our", "their", "to", "of", "for", "with", "from", "in", "on", "at", "by", "as", "than", "um", "uh", "er", "erm",
    "hmm", "well", "like", "i", "you", "he", "she", "we", "they", "is", "are", "was", "were", "am", "be", "been", "i'm", "you're",
    "it's", "don't", "can't", "very", "really", "just",
))  # fmt: skip


def silence_needed(text: str, patience_s: float) -> float:
    """Seconds of silence after which the utterance is over. `text` may be empty when nothing is known yet."""
    words = text.casefold().split()
    if not words:
        return patience_s
    last = words[-1].strip(".,!?;:…\"'")
    if last in _OPEN or text.rstrip().endswith(("...", "…", ",", "-", "—")):
        return patience_s + TRAILING_MORE_S
    if patience_s >= PATIENT_S or not text.rstrip().endswith((".", "!", "?")):
        return patience_s
    return patience_s * EARLY_SHARE
