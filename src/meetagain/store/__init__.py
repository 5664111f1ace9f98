"""One person's folder: places, atomic writes, lineage."""
