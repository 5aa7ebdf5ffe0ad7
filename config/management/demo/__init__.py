"""Believable people to look around with. Nobody here is real, and every number is one that is kept free for stories."""
