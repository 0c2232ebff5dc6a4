"""Time expressions: found, read into a symbolic value, resolved."""
