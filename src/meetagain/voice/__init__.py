"""A Clause becomes Speech with visemes; the person's own recordings come first."""
