"""Pages of the API."""

from typing import Any

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Pages by key, so that the last page costs what the first does; 100 rows at most."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering: Any = ("-created_at", "-id")
