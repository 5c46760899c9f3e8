"""Drafts that two windows share, replies that can be taken back, and shortcuts that are used once."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

ADDRESSES = django.contrib.postgres.fields.ArrayField(
    base_field=models.CharField(max_length=400), default=list, size=None
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_skills_and_presence"),
        ("customers", "0003_numbers"),
        ("conversations", "0006_assignment_reasons"),
    ]
    operations = [
        migrations.AddField(model_name="message", name="bcc", field=ADDRESSES),
        migrations.AddField(model_name="message", name="recalled_at", field=models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="ReplyBefore",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conversations.message",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("open", "Open"),
                            ("waiting", "Waiting for customer"),
                            ("on_hold", "On hold"),
                            ("solved", "Solved"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("last_message_at", models.DateTimeField()),
                ("version_after", models.PositiveIntegerField()),
            ],
            options={"db_table": "conversations_replybefore"},
        ),
        migrations.AlterField(
            model_name="draft",
            name="conversation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="customer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="subject",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(model_name="draft", name="is_to_all", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="draft", name="submission", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="draft", name="discarded_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=["staff", "customer"], name="conversations_one_first_draft"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                name="conversations_draft_of_one",
                condition=Q(conversation=None, customer__isnull=False) | Q(conversation__isnull=False, customer=None),
            ),
        ),
        migrations.AddConstraint(
            model_name="cannedreply",
            constraint=models.UniqueConstraint(
                fields=["owner", "shortcut"], condition=Q(scope="personal"), name="conversations_canned_own_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cannedreply",
            constraint=models.UniqueConstraint(
                fields=["team", "shortcut"], condition=Q(scope="team"), name="conversations_canned_team_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cannedreply",
            constraint=models.UniqueConstraint(
                fields=["shortcut"], condition=Q(scope="company"), name="conversations_canned_company_once"
            ),
        ),
    ]
