"""What a use was and how much, if the person says."""

import accounts.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("recovery", "0015_own_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name='lapse',
            name='amount',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
        migrations.AddField(
            model_name='lapse',
            name='substances',
            field=accounts.fields.PrivateTextField(blank=True),
        ),
    ]
