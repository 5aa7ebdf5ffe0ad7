"""The room's addresses."""

from django.urls import path

from resources.views import listings, treatment

app_name = "resources"

urlpatterns = [
    path("find/", listings.listing_list, name="listing-list"),
    path("treatment/", treatment.treatment_list, name="treatment-list"),
    path("treatment/<slug:slug>/", treatment.treatment_detail, name="treatment-detail"),
    path("find/<slug:slug>/", listings.listing_detail, name="listing-detail"),
    path("find/<slug:slug>/wrong/", listings.report_new, name="report-new"),
    path("find/<slug:slug>/wrong/thanks/", listings.report_thanks, name="report-thanks"),
]
