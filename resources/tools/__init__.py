"""Coping tools as they are read and done: our own words, the same for everybody, each with where it comes from."""

from resources.tools import body, breath, urges, writing
from resources.tools.shape import Group, Move, Phase, Step, Tool, Way

TOOLS: dict[str, Tool] = {tool.slug: tool for tool in (*urges.TOOLS, *breath.TOOLS, *body.TOOLS, *writing.TOOLS)}

__all__ = ["TOOLS", "Group", "Move", "Phase", "Step", "Tool", "Way", "by_group"]


def by_group() -> list[tuple[Group, list[Tool]]]:
    """Return the tools by what they are for, in the order of the page."""
    return [(group, [tool for tool in TOOLS.values() if tool.group is group]) for group in Group]
