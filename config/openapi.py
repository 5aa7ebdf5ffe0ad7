"""What the generated description says beside the view sets: the answers that every address can give."""

from typing import Any

ERROR = {
    "type": "object",
    "properties": {"detail": {"type": "string", "description": "What went wrong, in a sentence."}},
    "required": ["detail"],
}
FIELD_ERRORS = {
    "type": "object",
    "description": "For each field that does not fit, the sentences that say how to fix it.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
EVERYWHERE = {
    "401": ("Nobody is signed in.", ERROR),
    "403": ("The request did not carry the CSRF token.", ERROR),
    "404": ("There is no such record, or it is somebody else's.", ERROR),
    "405": ("This address does not take that method.", ERROR),
    "429": ("Too many requests; wait as long as Retry-After says.", ERROR),
}
WHEN_WRITING = {
    "400": ("A field does not fit.", FIELD_ERRORS),
    "409": ("A rule forbids it; the sentence says which.", ERROR),
    "413": ("The body is larger than a megabyte.", ERROR),
    "415": ("The body is not JSON.", ERROR),
}
# For what two hands may change at once.
WITH_VERSION = {
    "412": (
        "It was changed since it was read: what stands there now, and what was sent.",
        {
            "type": "object",
            "properties": {
                "detail": {"type": "string"},
                "current": {"type": "object", "additionalProperties": True},
                "yours": {"type": "object", "additionalProperties": True, "nullable": True},
            },
            "required": ["detail", "current", "yours"],
        },
    ),
    "428": ("If-Match is missing.", ERROR),
}


def add_errors(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add to each operation the errors that it can answer with."""
    for methods in result["paths"].values():
        for method, operation in methods.items():
            if "responses" not in operation:
                continue
            possible = EVERYWHERE | (WHEN_WRITING if method in {"post", "put", "patch"} else {})
            if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", ())):
                possible |= WITH_VERSION
            for status, (meaning, schema) in possible.items():
                operation["responses"].setdefault(
                    status, {"description": meaning, "content": {"application/json": {"schema": schema}}}
                )
    return result
