"""Accounts: who I am, and what “mine” means."""
