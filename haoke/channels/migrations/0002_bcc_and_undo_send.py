"""Blind copies, and the time in which a mail can be taken back."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="outboundmail",
            name="bcc",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=254), default=list, size=None
            ),
        ),
        migrations.AddField(model_name="outboundmail", name="leaves_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="outboundmail",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("sending", "Sending"),
                    ("sent", "Sent"),
                    ("refused", "Refused"),
                    ("failed", "Failed"),
                    ("uncertain", "Uncertain"),
                    ("recalled", "Taken back"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
    ]
