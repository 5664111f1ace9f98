"""An archive becomes a rigged likeness (VRM 1.0)."""
