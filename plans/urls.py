"""The room's addresses."""

from django.urls import URLPattern, path

from plans.views import activities, contacts, medications, reasons, revisions, strategies, tools, triggers, writing
from resources.tools import TOOLS

app_name = "plans"

urlpatterns: list[URLPattern] = [
    path("plan/triggers/", triggers.trigger_list, name="trigger-list"),
    path("plan/triggers/add/", triggers.trigger_add, name="trigger-add"),
    path("plan/triggers/<uuid:pk>/", triggers.trigger_edit, name="trigger-edit"),
    path("plan/triggers/<uuid:pk>/archive/", triggers.trigger_archive, name="trigger-archive"),
    path("plan/triggers/<uuid:pk>/restore/", triggers.trigger_restore, name="trigger-restore"),
    path("plan/triggers/<uuid:pk>/remove/", triggers.trigger_remove, name="trigger-remove"),
    path("plan/strategies/", strategies.strategy_list, name="strategy-list"),
    path("plan/strategies/add/", strategies.strategy_add, name="strategy-add"),
    path("plan/strategies/<uuid:pk>/", strategies.strategy_edit, name="strategy-edit"),
    path("plan/strategies/<uuid:pk>/move/", strategies.strategy_move, name="strategy-move"),
    path("plan/strategies/<uuid:pk>/remove/", strategies.strategy_remove, name="strategy-remove"),
    path("plan/contacts/", contacts.contact_list, name="contact-list"),
    path("plan/contacts/add/", contacts.contact_add, name="contact-add"),
    path("plan/contacts/<uuid:pk>/", contacts.contact_edit, name="contact-edit"),
    path("plan/contacts/<uuid:pk>/move/", contacts.contact_move, name="contact-move"),
    path("plan/contacts/<uuid:pk>/remove/", contacts.contact_remove, name="contact-remove"),
    path("plan/activities/", activities.activity_list, name="activity-list"),
    path("plan/activities/add/", activities.activity_add, name="activity-add"),
    path("plan/activities/<uuid:pk>/", activities.activity_edit, name="activity-edit"),
    path("plan/activities/<uuid:pk>/move/", activities.activity_move, name="activity-move"),
    path("plan/activities/<uuid:pk>/remove/", activities.activity_remove, name="activity-remove"),
    path("plan/reasons/", reasons.reason_list, name="reason-list"),
    path("plan/reasons/add/", reasons.reason_add, name="reason-add"),
    path("plan/reasons/<uuid:pk>/", reasons.reason_edit, name="reason-edit"),
    path("plan/reasons/<uuid:pk>/move/", reasons.reason_move, name="reason-move"),
    path("plan/reasons/<uuid:pk>/remove/", reasons.reason_remove, name="reason-remove"),
    path("plan/revisions/", revisions.revision_list, name="revision-list"),
    path("plan/revisions/remove-old/", revisions.revision_remove_old, name="revision-remove-old"),
    path("plan/revisions/<uuid:pk>/", revisions.revision_detail, name="revision-detail"),
    path("plan/revisions/<uuid:pk>/remove/", revisions.revision_remove, name="revision-remove"),
    path("medications/", medications.medication_list, name="medication-list"),
    path("medications/add/", medications.medication_add, name="medication-add"),
    path("medications/<uuid:pk>/", medications.medication_edit, name="medication-edit"),
    path("medications/<uuid:pk>/archive/", medications.medication_archive, name="medication-archive"),
    path("medications/<uuid:pk>/restore/", medications.medication_restore, name="medication-restore"),
    path("medications/<uuid:pk>/remove/", medications.medication_remove, name="medication-remove"),
    path("tools/", tools.tool_list, name="tool-list"),
    path("tools/uses/", tools.use_list, name="use-list"),
    path("tools/uses/<uuid:pk>/remove/", tools.use_remove, name="use-remove"),
    path("tools/journal/", writing.entry_list, name="entry-list"),
    path("tools/journal/search/", writing.entry_search, name="entry-search"),
    path("tools/journal/add/", writing.entry_add, name="entry-add"),
    path("tools/journal/<uuid:pk>/", writing.entry_edit, name="entry-edit"),
    path("tools/journal/<uuid:pk>/remove/", writing.entry_remove, name="entry-remove"),
    path("tools/thoughts/", writing.thought_list, name="thought-list"),
    path("tools/thoughts/add/", writing.thought_add, name="thought-add"),
    path("tools/thoughts/<uuid:pk>/", writing.thought_edit, name="thought-edit"),
    path("tools/thoughts/<uuid:pk>/remove/", writing.thought_remove, name="thought-remove"),
    path("tools/weighing/", writing.weighing_list, name="weighing-list"),
    path("tools/weighing/add/", writing.weighing_add, name="weighing-add"),
    path("tools/weighing/<uuid:pk>/", writing.weighing_edit, name="weighing-edit"),
    path("tools/weighing/<uuid:pk>/remove/", writing.weighing_remove, name="weighing-remove"),
    # The few that need no account come first: the same address, a door of their own.
    *(
        path(f"tools/{slug}/", tools.open_tool, {"slug": slug}, name="open-tool")
        for slug, tool in TOOLS.items()
        if tool.is_open
    ),
    path("tools/<slug:slug>/", tools.tool_detail, name="tool-detail"),
    path("tools/<slug:slug>/finish/", tools.tool_finish, name="tool-finish"),
]
