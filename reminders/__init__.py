"""Reminders: what is said to me, and when."""
