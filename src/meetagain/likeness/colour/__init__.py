"""Confirmed photographs and a fitted body come in; the colours of skin and eyes, and the skin itself, go out."""
