"""Report: readings as one page of its own, without network or script."""
