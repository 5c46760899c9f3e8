"""Every order of the working lists has an index of its own; a saved view can be put back."""

import datetime

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_composer")]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="reopening",
            name="reason",
            field=models.CharField(
                choices=[
                    ("customer_wrote", "The customer wrote again"),
                    ("by_hand", "Reopened by hand"),
                    ("taken_back", "The closing was taken back"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("merged_into", None), ("state__in", ("new", "open", "waiting", "on_hold"))),
                fields=["-last_message_at", "-id"],
                name="conversations_work_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("merged_into", None), ("state__in", ("new", "open", "waiting", "on_hold"))),
                fields=["-opened_at", "-id"],
                name="conversations_work_opened",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    models.F("waiting_since"),
                    models.Value(
                        datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.UTC),
                        output_field=models.DateTimeField(),
                    ),
                ),
                models.F("id"),
                condition=models.Q(("merged_into", None), ("state__in", ("new", "open", "waiting", "on_hold"))),
                name="conversations_work_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    models.F("due_at"),
                    models.Value(
                        datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.UTC),
                        output_field=models.DateTimeField(),
                    ),
                ),
                models.F("id"),
                condition=models.Q(("merged_into", None), ("state__in", ("new", "open", "waiting", "on_hold"))),
                name="conversations_work_due",
            ),
        ),
    ]
