"""That a reviewer has read a text of ours and stands behind it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TextReview(models.Model):
    """One text and who reviewed it. It has no owner: the text is the same for everybody.

    The signature is about the text as it was: `fingerprint` is that text's, and any change of the text makes it await
    review again.
    """

    slug = models.SlugField(max_length=40, unique=True)
    reviewer = models.CharField(max_length=120, blank=True)  # name and profession, as shown beside the text
    reviewed_on = models.DateField(null=True, blank=True)
    fingerprint = models.CharField(max_length=16, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    def is_about(self, fingerprint: str) -> bool:
        """Whether this is a signature for the text with this fingerprint."""
        return bool(self.reviewer) and self.fingerprint == fingerprint


def signed_whole(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(reviewer="", reviewed_on=None) | (~Q(reviewer="") & Q(reviewed_on__isnull=False)),
        name=name,
        violation_error_message=_("A review has the reviewer's name and the day, or neither."),
    )


class ToolReview(TextReview):
    """The review of one coping tool."""

    class Meta:
        ordering = ["slug"]
        constraints = [signed_whole("resources_review_has_name_and_day")]


class TreatmentReview(TextReview):
    """The review of what we say about one kind of treatment."""

    class Meta:
        ordering = ["pk"]
        constraints = [signed_whole("resources_treatment_review_has_name_and_day")]
