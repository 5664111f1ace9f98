"""Confirmed photographs come in; how the face differs from the usual one of that age goes out, in the body model's own named changes."""
