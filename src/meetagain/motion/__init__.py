"""Poses, gait and gestures become clips on the joints of the likeness."""

REVISION = 3
