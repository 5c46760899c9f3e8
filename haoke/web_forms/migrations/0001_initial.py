"""Lays web forms and what comes by them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("channels", "0001_initial"),
        ("conversations", "0002_categories"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(unique=True)),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=200)),
                ("mail", models.CharField(max_length=254)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("address_mark", models.CharField(max_length=64)),
                ("text_mark", models.CharField(blank=True, max_length=64)),
                (
                    "causes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trap", "A field that people do not see was filled in"),
                                ("links", "Many links"),
                                ("repeated", "The same text came before"),
                                ("many_from_one", "Many from one place in a short time"),
                                ("many_at_once", "Very many at the same time"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stored", "Being filed"),
                            ("quarantined", "In quarantine"),
                            ("filed", "Filed"),
                            ("rejected", "Rejected"),
                            ("failed", "Not filed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "db_table": "web_forms_submission",
            },
        ),
        migrations.CreateModel(
            name="SubmissionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="web_forms.submission"
                    ),
                ),
            ],
            options={
                "db_table": "web_forms_submissionfile",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WebForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("title_zh", models.CharField(blank=True, max_length=100)),
                ("title_en", models.CharField(blank=True, max_length=100)),
                ("intro_zh", models.TextField(blank=True)),
                ("intro_en", models.TextField(blank=True)),
                ("thanks_zh", models.TextField(blank=True)),
                ("thanks_en", models.TextField(blank=True)),
                ("privacy_url", models.URLField(blank=True, max_length=300)),
                ("asks_phone", models.BooleanField(default=True)),
                ("takes_files", models.BooleanField(default=True)),
                (
                    "sites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conversations.category"
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="channels.channel"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
            ],
            options={
                "db_table": "web_forms_webform",
                "ordering": ["-is_active", "name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="submission",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="web_forms.webform"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["form", "state", "-at", "-id"], name="web_forms_submission_state"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["text_mark", "-at"], name="web_forms_submission_text"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conversation__isnull", False), ("state", "filed")),
                    models.Q(models.Q(("state", "filed"), _negated=True), ("conversation", None)),
                    _connector="OR",
                ),
                name="web_forms_filed_has_conversation",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "quarantined"), _negated=True), ("causes__len__gte", 1), _connector="OR"
                ),
                name="web_forms_quarantine_has_cause",
            ),
        ),
    ]
