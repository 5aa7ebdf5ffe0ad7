"""Brings the directory up to its sources: adds what is new, asks about what differs, deletes nothing."""

from resources.importing.comparing import compare
from resources.importing.runs import begin, carry_out, preview, unreadable
from resources.importing.starter import Loaded, load
from resources.importing.undoing import undo

__all__ = ["Loaded", "begin", "carry_out", "compare", "load", "preview", "undo", "unreadable"]
