"""From when on something counts as out of step, each with its ground. Days, in one place."""

# Two monthly summaries (月总结) have gone by and nobody said a word: the first may still have come too early.
SILENT_DAYS = 60
# What is late, is late from the day after its due day: the due day itself is in time.
AFTER_DUE = 1
