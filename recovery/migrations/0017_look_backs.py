"""A day with use, thought over afterwards: one a day, every answer sealed."""

import accounts.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recovery', '0016_what_it_was'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LookBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('day', models.DateField()),
                ('situation', accounts.fields.PrivateTextField(blank=True)),
                ('vulnerability', accounts.fields.PrivateTextField(blank=True)),
                ('trigger', accounts.fields.PrivateTextField(blank=True)),
                ('thought', accounts.fields.PrivateTextField(blank=True)),
                ('feeling', accounts.fields.PrivateTextField(blank=True)),
                ('craving', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('used', accounts.fields.PrivateTextField(blank=True)),
                ('gave', accounts.fields.PrivateTextField(blank=True)),
                ('cost', accounts.fields.PrivateTextField(blank=True)),
                ('turning', accounts.fields.PrivateTextField(blank=True)),
                ('stopped', accounts.fields.PrivateTextField(blank=True)),
                ('change', accounts.fields.PrivateTextField(blank=True)),
                ('step', models.PositiveSmallIntegerField(default=1)),
                ('planned_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('put_away_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'day'), name='recovery_one_look_back_a_day'), models.CheckConstraint(condition=models.Q(('craving__range', (0, 10))), name='recovery_look_back_craving_0_to_10'), models.CheckConstraint(condition=models.Q(('step__range', (1, 11))), name='recovery_look_back_step_known')],
            },
        ),
    ]
