"""Django's PostgreSQL, named as ENGINE in the settings."""
