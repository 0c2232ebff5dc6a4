"""Scoring: predicted attributions, times and places against gold ones, by the rules of the method page.

Restates the measures of the annotation guidelines in rawi's own words; where the official scorers
are at hand, a run of ``make gate`` checks that both give the same figures.
"""
