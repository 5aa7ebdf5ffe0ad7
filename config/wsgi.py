"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from accounts.keys import verify_master_key  # noqa: E402  # needs the apps that the line above loads

verify_master_key()
