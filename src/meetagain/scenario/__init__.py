"""A pack becomes a checked Scenario, and a pure director plays it."""
