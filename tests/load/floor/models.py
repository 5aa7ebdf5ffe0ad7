"""Ten rows of this are what the floor's page shows."""

from django.conf import settings
from django.db import models


class Day(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    day = models.DateField()
    mood = models.PositiveSmallIntegerField()
    craving = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="floor_one_a_day")]

    def __str__(self) -> str:
        return f"Day {self.pk}"
