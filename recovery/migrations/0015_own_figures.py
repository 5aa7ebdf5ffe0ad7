"""A person's own figures for a journey, and whether its run and its count are shown."""

import accounts.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recovery', '0014_weekly_reflections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='journey',
            name='currency',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='journey',
            name='hours_a_week',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='journey',
            name='limit_amount',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='journey',
            name='limit_per',
            field=models.CharField(blank=True, choices=[('day', 'A day'), ('week', 'A week')], max_length=4),
        ),
        migrations.AddField(
            model_name='journey',
            name='limit_unit',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='journey',
            name='on_today',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='journey',
            name='show_run',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='journey',
            name='spent_a_week',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.CheckConstraint(condition=models.Q(('limit_per__in', ['', 'day', 'week'])), name='recovery_journey_limit_known'),
        ),
    ]
