"""The keeper's routes."""
