"""Language packs: the only rooms where words of a language stand."""
