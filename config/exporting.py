"""Gathers everything that one person owns, by asking the models what there is."""
