"""Asks this installation how it is, as `python config/probe.py healthz`; exit code 0 when it is well.

Of the standard library only, so that a container's health check costs no more than a small request.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def main(question: str = "healthz", server: str = "http://127.0.0.1:8000") -> int:
    to = urlsplit(server)
    # By the name that people use: any other host is turned away.
    host = urlsplit(os.environ.get("PUBLIC_URL", "")).netloc or "localhost"
    connection = HTTPConnection(to.hostname or "127.0.0.1", to.port or 80, timeout=4)
    try:
        connection.request("GET", f"/{question}", headers={"Host": host})
        answer = connection.getresponse()
        sys.stdout.write(answer.read(2_000).decode("utf-8", "replace") + "\n")
    except (OSError, HTTPException) as error:
        sys.stdout.write(f"no answer: {error}\n")
        return 1
    finally:
        connection.close()
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
