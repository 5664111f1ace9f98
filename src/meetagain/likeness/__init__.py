"""An archive becomes a rigged likeness (VRM 1.0)."""

REVISION = 8  # raised when the same person would get another likeness.vrm (docs/architecture.md)
