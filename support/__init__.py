"""Support: the people I let in."""
