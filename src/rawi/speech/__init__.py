"""Speech: from cues to attributions: cue, content, source, stance, nesting, and who "he" is."""
