"""Poses, gait and gestures become clips on the joints of the likeness."""

REVISION = 1  # raised when the same person would get another motion.glb (docs/architecture.md)
