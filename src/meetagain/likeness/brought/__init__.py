"""A body that a family brings (VRM 0, VRM 1, or GLB) becomes a likeness; the family's own file is only read."""
