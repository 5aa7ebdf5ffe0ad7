"""Resources: what is out there, and how we know."""
