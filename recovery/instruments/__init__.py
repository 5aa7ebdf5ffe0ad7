"""Questionnaires with a score: what is asked of a file, how answers become numbers, when one is due. Pure."""
