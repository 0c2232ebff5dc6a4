"""Marks: quotations, times, places and names of one document, each a pure function over its tokens."""
