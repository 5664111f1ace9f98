"""The visitor's voice becomes an Utterance."""
