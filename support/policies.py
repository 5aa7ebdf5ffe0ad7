"""Who may see what of whom, at this moment; the only way to somebody else’s record."""
