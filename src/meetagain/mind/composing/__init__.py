"""How lines are put together from one memory: frames, time, tellers, and the turning of a sentence to the person's own point of view."""
