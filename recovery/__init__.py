"""Recovery: what happens to me."""
