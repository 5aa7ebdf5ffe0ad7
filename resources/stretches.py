"""The stages that a story can be tagged with: slugs here; the room above that keeps them says which there are."""

from collections.abc import Callable, Iterable

Names = Callable[[], Iterable[tuple[str, str]]]

_names: list[Names] = []


def register(names: Names) -> None:
    """Make known who can say which stages there are, as (slug, title); registering again replaces it."""
    _names[:] = [names]


def titles() -> dict[str, str]:
    """Return the title of each stage by its slug, in order; one query."""
    return dict(_names[0]()) if _names else {}
