"""Other people's formats, read into entries of ours: pure, bytes in and dataclasses out."""

from resources.feeds.readers import read
from resources.feeds.reading import Defaults, FeedEntry, Issue, Reading, UnreadableFeed

__all__ = ["Defaults", "FeedEntry", "Issue", "Reading", "UnreadableFeed", "read"]
