"""A journal becomes something that stays."""
