"""Plans: what I mean to do."""
