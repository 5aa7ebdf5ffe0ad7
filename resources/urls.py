"""The room's addresses."""

from django.urls import path

from resources.views import feeds, listings, nearby, sources, stories, telling, treatment

app_name = "resources"

urlpatterns = [
    path("find/", listings.listing_list, name="listing-list"),
    path("find/on-now/", listings.on_now, name="on-now"),
    path("feeds/meetings.json", feeds.meetings, name="meetings-feed"),
    path("feeds/listings.csv", feeds.listings_table, name="listings-table"),
    path("feeds/bmlt/client_interface/json/", feeds.bmlt_json, name="bmlt-json"),
    path("feeds/bmlt/client_interface/jsonp/", feeds.bmlt_jsonp, name="bmlt-jsonp"),
    path("feeds/hsds/services/", feeds.hsds_services, name="hsds-services"),
    path("find/<slug:slug>/calendar.ics", feeds.listing_calendar, name="listing-calendar"),
    path("find/near/", nearby.near_choose, name="near-choose"),
    path("treatment/", treatment.treatment_list, name="treatment-list"),
    path("treatment/<slug:slug>/", treatment.treatment_detail, name="treatment-detail"),
    path("find/<slug:slug>/", listings.listing_detail, name="listing-detail"),
    path("find/<slug:slug>/wrong/", listings.report_new, name="report-new"),
    path("find/<slug:slug>/wrong/thanks/", listings.report_thanks, name="report-thanks"),
    path("stories/", stories.story_list, name="story-list"),
    path("stories/offer/", telling.story_offer, name="story-offer"),
    path("stories/mine/", telling.own_story_list, name="own-story-list"),
    path("stories/mine/<uuid:pk>/", telling.own_story_edit, name="own-story-edit"),
    path("stories/mine/<uuid:pk>/take-back/", telling.own_story_withdraw, name="own-story-withdraw"),
    path("stories/<uuid:pk>/", stories.story_detail, name="story-detail"),
    path("stories/<uuid:pk>/helpful/", stories.story_helpful, name="story-helpful"),
    path("stories/<uuid:pk>/report/", stories.story_report, name="story-report"),
    path("curate/sources/", sources.source_list, name="source-list"),
    path("curate/sources/new/", sources.source_new, name="source-new"),
    path("curate/sources/<int:pk>/", sources.source_detail, name="source-detail"),
    path("curate/sources/<int:pk>/edit/", sources.source_edit, name="source-edit"),
    path("curate/sources/<int:pk>/fetch/", sources.source_fetch, name="source-fetch"),
    path("curate/runs/<uuid:pk>/", sources.run_detail, name="run-detail"),
    path("curate/runs/<uuid:pk>/approve/", sources.run_approve, name="run-approve"),
    path("curate/runs/<uuid:pk>/drop/", sources.run_drop, name="run-drop"),
    path("curate/runs/<uuid:pk>/undo/", sources.run_undo, name="run-undo"),
]
