"""Lexicon: reads language tables, reports all their faults at once, and matches phrases over tokens."""
