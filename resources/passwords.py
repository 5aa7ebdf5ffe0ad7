"""Finds the lines of a text in which somebody wrote down a password."""

import re

_SAYS_ONE = re.compile(
    r"\b(?:pass(?:word|code)?|pw|pwd|pin|kennwort|contraseña|mot de passe)\b\s*(?:is\b|[:#=–-])", re.I
)


def without_secrets(value: str) -> tuple[str, str]:
    """Return a text without the lines that hold a password, and those lines."""
    lines = value.split("\n")
    secret = [line for line in lines if _SAYS_ONE.search(line)]
    return "\n".join(line for line in lines if not _SAYS_ONE.search(line)).strip(), " ".join(secret).strip()
