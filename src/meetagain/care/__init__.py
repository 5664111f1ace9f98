"""Consent, right-time check, limits and marking."""
