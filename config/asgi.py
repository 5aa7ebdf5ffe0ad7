"""The way in for an asynchronous web server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_asgi_application()

from accounts.keys import verify_master_key  # noqa: E402  # needs the apps that the line above loads

verify_master_key()
