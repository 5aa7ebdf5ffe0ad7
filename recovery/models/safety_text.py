"""Who has read which safety text, and when: the record that administrators see and a reviewer signs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recovery.safety_texts import TEXTS


class SafetyText(models.Model):
    """One text of the safety pages. Its words stand in code; this says which version of them somebody signed.

    It has no owner: the text is the same for everybody.
    """

    slug = models.SlugField(max_length=40, unique=True, editable=False)
    version = models.CharField(_("version that was read"), max_length=12, blank=True, editable=False)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_by = models.CharField(
        _("reviewed by"), max_length=160, blank=True, help_text=_("Name and qualification of the clinician.")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_on=None, reviewed_by="", version="")
                | (Q(reviewed_on__isnull=False) & ~Q(reviewed_by="") & ~Q(version="")),
                name="recovery_safety_text_signed_whole",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def text(self) -> str:
        """The words as the pages show them now."""
        words = TEXTS.get(self.slug)
        return "\n".join([str(words.title), *map(str, words.lines)]) if words else gettext("No longer shown.")

    @property
    def source(self) -> str:
        return TEXTS[self.slug].source if self.slug in TEXTS else ""

    @property
    def current_version(self) -> str:
        return TEXTS[self.slug].version if self.slug in TEXTS else ""

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed exactly the words that the pages show."""
        return bool(self.version) and self.version == self.current_version
