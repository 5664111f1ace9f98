"""The name of a stage comes in; the number of its output goes out, which is raised in its own room when the same folder would give another one."""

from meetagain import likeness, motion
from meetagain.mind import kept
from meetagain.voice import render

#: memory.json and lines.json are hashed with what stands in them, so this is raised only when they are written otherwise.
MEMORY = 1
REVISIONS = {
    "likeness": likeness.REVISION,
    "motion": motion.REVISION,
    "voice": render.REVISION,
    "memory": MEMORY,
    "meaning": kept.REVISION,
}
