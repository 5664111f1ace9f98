"""The live loop of one meeting: turn, clock, journal, safety."""
