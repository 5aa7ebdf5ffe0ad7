"""Rows that two hands may change at once: the version goes out as ETag, and comes back as If-Match."""

import re
from typing import Any

from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from plans.services import ChangedMeanwhile

_TAG = re.compile(r'(?:W/)?"(\d{1,9})"')


class VersionMissing(APIException):
    """A change that does not say which version it was made against."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = 'Send If-Match with the ETag of what you read, such as "3", so that nobody else\'s words are lost.'


def tag_of(row: Any) -> str:
    return f'"{row.version}"'


def wanted_version(request: Request) -> int:
    """Return the version that a change was made against; 0, which none has, where the tag is none of ours.

    :raises VersionMissing: without If-Match
    """
    tag = request.headers.get("If-Match")
    if not tag:
        raise VersionMissing
    known = _TAG.fullmatch(tag.strip())
    return int(known[1]) if known else 0


def tagged(row: Any, serializer: BaseSerializer[Any], status_code: int = 200) -> Response:
    return Response(serializer.data, status=status_code, headers={"ETag": tag_of(row)})


def stale(refusal: ChangedMeanwhile, current: BaseSerializer[Any], yours: Any) -> Response:
    """Answer 412 with both texts: what stands there now, and what was sent."""
    body = {"detail": str(refusal), "current": current.data, "yours": yours}
    return Response(body, status=status.HTTP_412_PRECONDITION_FAILED, headers={"ETag": tag_of(refusal.current)})
