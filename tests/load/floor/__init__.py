"""The floor: a bare Django site with a session, a signed-in user, one indexed query and a page of nine kilobytes."""
