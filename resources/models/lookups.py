"""Words in a text: the same answer on every database, from an index where there is one."""

from __future__ import annotations

from typing import Any

from django.db.models import Lookup, TextField


@TextField.register_lookup
class HasWords(Lookup):
    """`words__has_words=["meet", "#facet:open"]`: every word from its start, and every #tag whole.

    The column holds folded words with one space around each. On PostgreSQL the expression is the one that the index
    `resources_listing_words` is made of; elsewhere the text itself is read, which finds the very same rows.
    """

    lookup_name = "has_words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, given = self.process_lhs(compiler, connection)
        likes = [f"% {word} %" if word.startswith("#") else f"% {word}%" for word in self.rhs]
        each = " AND ".join([f"{column} LIKE %s"] * len(likes))
        return f"({each})", tuple(part for like in likes for part in (*given, like))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, given = self.process_lhs(compiler, connection)
        terms = [
            "'" + word.replace("\\", "").replace("'", "") + "'" + ("" if word[:1] == "#" else ":*") for word in self.rhs
        ]
        return f"array_to_tsvector(string_to_array(btrim({column}), ' ')) @@ %s::tsquery", (*given, " & ".join(terms))


def _bare(word: str) -> str:
    # Folded words have neither; whatever else comes here must not end the quotes.
    return word.replace("\\", "").replace("'", "")
