"""The parts that the plan had no room for: plain lists, reviews, what else is known of a contact, versions of rows."""

import accounts.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0003_medications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('position', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('part', models.CharField(choices=[('signs', 'How I notice it starting'), ('places', 'Places and people that take my mind off it'), ('safer', 'Making things safer'), ('support', 'My support, week by week'), ('help_me', 'How to help me')], max_length=7)),
                ('kind', models.CharField(max_length=12)),
                ('text', accounts.fields.PrivateTextField()),
                ('detail', accounts.fields.PrivateTextField(blank=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='ride',
            name='plans_ride_outcome_known',
        ),
        migrations.AddField(
            model_name='activity',
            name='company',
            field=models.CharField(blank=True, choices=[('alone', 'On my own'), ('with', 'With others')], max_length=5),
        ),
        migrations.AddField(
            model_name='activity',
            name='cost',
            field=models.CharField(blank=True, choices=[('free', 'Free'), ('money', 'Costs something')], max_length=5),
        ),
        migrations.AddField(
            model_name='activity',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='answer',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='contact',
            name='has_agreed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contact',
            name='hours',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='kind',
            field=models.CharField(blank=True, choices=[('family', 'Family'), ('friend', 'Friend'), ('sponsor', 'Sponsor'), ('peer', 'Peer in recovery'), ('counselor', 'Counselor or therapist'), ('doctor', 'Doctor, clinic or pharmacist'), ('other', 'Somebody else')], max_length=9),
        ),
        migrations.AddField(
            model_name='contact',
            name='script',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='tested_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='plan',
            name='confidence',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='plan',
            name='review_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='plan',
            name='reviewed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reason',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='ride',
            name='ratings',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='ride',
            name='trigger',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rides', to='plans.trigger'),
        ),
        migrations.AddField(
            model_name='strategy',
            name='archived_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='strategy',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='strategy',
            name='where',
            field=models.CharField(blank=True, choices=[('any', 'Anywhere'), ('home', 'At home'), ('out', 'Out and about')], max_length=4),
        ),
        migrations.AddField(
            model_name='trigger',
            name='avoidable',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=6),
        ),
        migrations.AddField(
            model_name='trigger',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='triggermet',
            name='part_of_day',
            field=models.CharField(blank=True, choices=[('morning', 'Morning'), ('afternoon', 'Afternoon'), ('evening', 'Evening'), ('night', 'Late night')], max_length=9),
        ),
        migrations.AlterField(
            model_name='planrevision',
            name='deed',
            field=models.CharField(choices=[('added', 'Added to'), ('changed', 'Changed'), ('rated', 'Rated again'), ('archived', 'Put away from'), ('restored', 'Brought back to'), ('moved', 'Put in another order'), ('removed', 'Removed from'), ('reviewed', 'Looked over'), ('brought', 'Brought back an earlier version of')], max_length=8),
        ),
        migrations.AlterField(
            model_name='planrevision',
            name='part',
            field=models.CharField(choices=[('triggers', 'What sets it off'), ('strategies', 'What I can do on my own'), ('answers', "What I'll do about it"), ('activities', 'What takes my mind off it'), ('contacts', 'People I can tell'), ('reasons', "Why I'm doing this"), ('signs', 'How I notice it starting'), ('places', 'Places and people that take my mind off it'), ('safer', 'Making things safer'), ('support', 'My support, week by week'), ('help_me', 'How to help me'), ('plan', 'My plan')], max_length=10),
        ),
        migrations.AlterField(
            model_name='ride',
            name='outcome',
            field=models.CharField(blank=True, choices=[('eased', 'It eased'), ('still_strong', 'Still strong'), ('used', 'I used')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('company__in', ['', 'alone', 'with'])), name='plans_activity_company_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('cost__in', ['', 'free', 'money'])), name='plans_activity_cost_known'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['', 'family', 'friend', 'sponsor', 'peer', 'counselor', 'doctor', 'other'])), name='plans_contact_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('confidence', None), ('confidence__range', (0, 10)), _connector='OR'), name='plans_confidence_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='ride',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'eased', 'still_strong', 'used'])), name='plans_ride_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='strategy',
            constraint=models.CheckConstraint(condition=models.Q(('where__in', ['', 'any', 'home', 'out'])), name='plans_strategy_where_known'),
        ),
        migrations.AddConstraint(
            model_name='trigger',
            constraint=models.CheckConstraint(condition=models.Q(('avoidable__in', ['', 'yes', 'partly', 'no'])), name='plans_trigger_avoidable_known'),
        ),
        migrations.AddConstraint(
            model_name='triggermet',
            constraint=models.CheckConstraint(condition=models.Q(('part_of_day__in', ['', 'morning', 'afternoon', 'evening', 'night'])), name='plans_met_part_of_day_known'),
        ),
        migrations.AddField(
            model_name='item',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['person', 'part', 'position'], name='plans_item_order'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['thought', 'feeling', 'behavior', 'body']), ('part', 'signs')), models.Q(('kind__in', ['place', 'person']), ('part', 'places')), models.Q(('kind__in', ['remove', 'money', 'numbers', 'naloxone', 'other']), ('part', 'safer')), models.Q(('kind__in', ['peer', 'professional', 'family', 'online', 'other']), ('part', 'support')), models.Q(('kind__in', ['do', 'leave', 'say']), ('part', 'help_me')), _connector='OR'), name='plans_item_kind_fits_part'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='plans_item_says_something'),
        ),
    ]
