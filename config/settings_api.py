"""Settings of the API and of its description."""

from config import environment as env

REST_FRAMEWORK = {
    # DRF steps around LoginRequiredMiddleware, so it has its own shut door.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.parsers.PlainJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "accounts.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttling.PersonThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min"},
    "EXCEPTION_HANDLER": "config.api.explain",
}
SPECTACULAR_SETTINGS = {
    "TITLE": env.text("APP_NAME", "Waylight"),
    "DESCRIPTION": "Everything a person keeps here, for the person who keeps it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "MedicationTakenEnum": "recovery.models.checkin.Medication",
        "LetInAsEnum": "support.models.consent.Role",
        "MedicationStateEnum": "plans.models.medication.MedicationDay.State",
        "StoryStateEnum": "resources.models.story.Story.State",
        "TimeOfDayEnum": "plans.models.medication.TimeOfDay",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.openapi.add_errors",
    ],
}
