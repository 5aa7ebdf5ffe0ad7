"""The room's addresses."""

from datetime import date

from django.urls import path, register_converter

from recovery.views import (
    before_stopping,
    checkins,
    filling_in,
    goals,
    good_things,
    insights,
    journeys,
    look_backs,
    looking,
    measures,
    medications,
    noted,
    readiness,
    rhythm,
    right_now,
    safety,
    signs,
    stages,
    weekly,
)


class DayConverter:
    """A day in an address: 2025-06-12. Anything else is no page of ours."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "recovery"

urlpatterns = [
    path("tools/good-things/", good_things.good_things, name="good-things"),
    path("check-in/", checkins.checkin, name="checkin"),
    path("check-ins/", checkins.checkin_list, name="checkin-list"),
    path("check-ins/<day:day>/", checkins.checkin_day, name="checkin-day"),
    path("check-ins/<day:day>/saved/", checkins.checkin_saved, name="checkin-saved"),
    path("check-ins/<day:day>/edit/", checkins.checkin_edit, name="checkin-edit"),
    path("check-ins/<day:day>/delete/", checkins.checkin_remove_ask, name="checkin-remove-ask"),
    path("check-ins/<day:day>/remove/", checkins.checkin_remove, name="checkin-remove"),
    path("before-you-stop/", before_stopping.before_you_stop, name="before-you-stop"),
    path("right-now/", right_now.right_now, name="right-now"),
    path("right-now/<day:day>/", right_now.right_now_after, name="right-now-after"),
    path("right-now/note/", right_now.use_note, name="use-note"),
    path("right-now/<day:day>/next/", look_backs.after_next, name="after-next"),
    path("right-now/<day:day>/look-back/", look_backs.look_back_begin, name="look-back-begin"),
    path("right-now/<day:day>/put-away/", look_backs.look_back_put_away, name="look-back-put-away"),
    path("right-now/look-back/<uuid:pk>/", look_backs.look_back, name="look-back"),
    path("right-now/look-back/<uuid:pk>/<int:number>/", look_backs.look_back_step, name="look-back-step"),
    path("right-now/look-back/<uuid:pk>/remove/", look_backs.look_back_remove, name="look-back-remove"),
    path("right-now/noted/", noted.use_list, name="use-list"),
    path("right-now/noted/<uuid:pk>/", noted.use_edit, name="use-edit"),
    path("right-now/noted/<uuid:pk>/remove/", noted.use_remove, name="use-remove"),
    path("insights/", insights.insights, name="insights"),
    path("insights/since/", weekly.since, name="since"),
    path("insights/weeks/", weekly.reflection_list, name="reflection-list"),
    path("insights/weeks/not-now/", weekly.reflection_not_now, name="reflection-not-now"),
    path("insights/weeks/<day:day>/", weekly.reflection_edit, name="reflection-edit"),
    path("insights/weeks/<day:day>/remove/", weekly.reflection_remove, name="reflection-remove"),
    path("insights/lights/", insights.light_list, name="light-list"),
    path("signs/", signs.sign_list, name="sign-list"),
    path("signs/<slug:slug>/switch/", signs.sign_switch, name="sign-switch"),
    path("signs/<slug:slug>/dismiss/", signs.sign_dismiss, name="sign-dismiss"),
    path("path/", stages.path, name="path"),
    path("path/<slug:slug>/", stages.stage_detail, name="stage-detail"),
    path("path/proposals/<uuid:pk>/", rhythm.proposal, name="proposal"),
    path("path/proposals/<uuid:pk>/accept/", rhythm.proposal_accept, name="proposal-accept"),
    path("path/proposals/<uuid:pk>/decline/", rhythm.proposal_decline, name="proposal-decline"),
    path("readiness/", readiness.readiness, name="readiness"),
    path("readiness/<uuid:pk>/remove/", readiness.readiness_remove, name="readiness-remove"),
    path("readiness/ready/<slug:slug>/", readiness.prepared, name="prepared"),
    path("week/", rhythm.week, name="week"),
    path("week/edit/", rhythm.week_edit, name="week-edit"),
    path("week/<uuid:pk>/done/", rhythm.week_done, name="week-done"),
    path("week/<uuid:pk>/undo/", rhythm.week_undo, name="week-undo"),
    path("path/<slug:slug>/look/", looking.self_check, name="self-check"),
    path("path/<slug:slug>/look/forget/", looking.self_check_forget, name="self-check-forget"),
    path("kind-of-help/", looking.help_kind, name="help-kind"),
    path("calls/add/", looking.call_add, name="call-add"),
    path("calls/<uuid:pk>/", looking.call_edit, name="call-edit"),
    path("calls/<uuid:pk>/done/", looking.call_done, name="call-done"),
    path("calls/<uuid:pk>/undo/", looking.call_undo, name="call-undo"),
    path("calls/<uuid:pk>/remove/", looking.call_remove, name="call-remove"),
    path("path/<slug:slug>/move/", stages.stage_move, name="stage-move"),
    path("path/tasks/<slug:slug>/done/", stages.task_done, name="task-done"),
    path("path/tasks/<slug:slug>/undo/", stages.task_undo, name="task-undo"),
    path("path/tasks/<slug:slug>/not-today/", stages.task_not_today, name="task-not-today"),
    path("goals/", goals.goal_list, name="goal-list"),
    path("goals/add/", goals.goal_add, name="goal-add"),
    path("goals/<uuid:pk>/", goals.goal_edit, name="goal-edit"),
    path("goals/<uuid:pk>/remove/", goals.goal_remove, name="goal-remove"),
    path("goals/<uuid:pk>/done/", goals.goal_done, name="goal-done"),
    path("goals/<uuid:pk>/put-away/", goals.goal_put_away, name="goal-put-away"),
    path("goals/<uuid:pk>/reopen/", goals.goal_reopen, name="goal-reopen"),
    path("goals/steps/<uuid:pk>/done/", goals.step_done, name="step-done"),
    path("goals/steps/<uuid:pk>/undo/", goals.step_undo, name="step-undo"),
    path("journeys/", journeys.journey_list, name="journey-list"),
    path("journeys/add/", journeys.journey_add, name="journey-add"),
    path("journeys/<uuid:pk>/", journeys.journey_edit, name="journey-edit"),
    path("journeys/<uuid:pk>/figures/", journeys.journey_figures, name="journey-figures"),
    path("journeys/<uuid:pk>/remove/", journeys.journey_remove, name="journey-remove"),
    path("medications/<uuid:pk>/mark/", medications.medication_mark, name="medication-mark"),
    path("measures/", measures.measure_list, name="measure-list"),
    path("measures/<uuid:pk>/", measures.measure_about, name="measure-about"),
    path("measures/<uuid:pk>/cadence/", measures.cadence_set, name="cadence-set"),
    path("measures/<uuid:pk>/start/", filling_in.measure_start, name="measure-start"),
    path("measures/drafts/<uuid:pk>/<int:number>/", filling_in.measure_question, name="measure-question"),
    path("measures/drafts/<uuid:pk>/drop/", filling_in.measure_drop, name="measure-drop"),
    path("measures/results/<uuid:pk>/", measures.measure_result, name="measure-result"),
    path("measures/results/<uuid:pk>/print/", measures.measure_print, name="measure-print"),
    path("safety/open/", safety.safety_open, name="safety-open"),
    path("safety/<uuid:pk>/", safety.safety, name="safety"),
    path("safety/<uuid:pk>/shown/", safety.safety_shown, name="safety-shown"),
    path("safety/<uuid:pk>/tap/", safety.safety_tap, name="safety-tap"),
    path("safety/<uuid:pk>/answer/", safety.safety_answer, name="safety-answer"),
    path("safety/<uuid:pk>/leave/", safety.safety_leave, name="safety-leave"),
]
