"""Archive and choices become artefacts, in order, resumable."""
