"""Places: found by name, resolved to a gazetteer row, with rivals and doubts."""
