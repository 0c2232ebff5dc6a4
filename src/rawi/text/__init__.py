"""Text: normal forms that never lose the way back, token columns, sentences. Knows no language."""
