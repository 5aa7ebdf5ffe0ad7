"""The room’s records."""
