"""How the API reads a body: JSON of at most a megabyte and an ordinary depth, or a sentence that says what is wrong."""

import codecs
import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.utils import json as strict_json


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "too_large"


class PlainJSONParser(BaseParser):
    """DRF's own parser reads without a limit, and fails with a 500 on deep nesting."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise BodyTooLarge(_("This is too large. Send less than one megabyte at a time."))
        try:
            said = strict_json.loads(codecs.decode(raw, "utf-8"))
            if b"\\ud" in raw.lower():
                _refuse_half_characters(said)
            return said
        except UnicodeEncodeError as error:
            raise ParseError(_("A character in the body is only half there. Send the text again, whole.")) from error
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
        except (json.JSONDecodeError, UnicodeDecodeError, ValueError) as error:
            raise ParseError(_("The body is not JSON in UTF-8: %(reason)s") % {"reason": error}) from error


def _refuse_half_characters(said: Any) -> None:
    """An escape such as \\ud800 alone is half a character: no answer could repeat it, and no database keeps it.

    :raises UnicodeEncodeError: when there is one, in a value or in a name
    """
    json.dumps(said, ensure_ascii=False).encode()
