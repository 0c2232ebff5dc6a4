"""Corpora with known truth: who copied whom, which claims are one, how many roots there are."""
