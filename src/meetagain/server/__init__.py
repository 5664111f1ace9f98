"""The only room that knows a network."""
