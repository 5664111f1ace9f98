"""Family files become an Archive, unaltered."""
