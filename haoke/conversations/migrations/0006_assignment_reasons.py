"""Why a conversation went to somebody, by when a handover is accepted, and who answered first, which never changes."""

import datetime

from django.db import migrations, models

KEEP = """
CREATE FUNCTION conversations_keep_first_responder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Who answered first stays who answered first.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER conversations_first_responder_stays BEFORE UPDATE ON conversations_conversation FOR EACH ROW
    WHEN (OLD.first_responder_id IS NOT NULL AND OLD.first_responder_id IS DISTINCT FROM NEW.first_responder_id)
    EXECUTE FUNCTION conversations_keep_first_responder();
"""

FORGET = """
DROP TRIGGER conversations_first_responder_stays ON conversations_conversation;
DROP FUNCTION conversations_keep_first_responder();
"""

REASONS = [
    ("by_hand", "by hand"),
    ("opened", "it began with them"),
    ("answered", "answered it"),
    ("pulled", "asked for the next one"),
    ("owner", "the customer's owner"),
    ("substitute", "stands in for an absent colleague"),
    ("in_turn", "in turn"),
    ("least_load", "had the least open"),
    ("returned", "a handover was given back"),
    ("recalled", "the answer was taken back"),
    ("released", "the colleague gave up their work here"),
]


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_kept_counts")]

    operations = [
        migrations.AddField(
            "assignment", "reason", models.CharField(choices=REASONS, default="by_hand", max_length=20)
        ),
        migrations.AddField("assignment", "note", models.CharField(blank=True, max_length=500, default=""), False),
        migrations.AddField("assignment", "load", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("assignment", "capacity", models.PositiveSmallIntegerField(null=True)),
        migrations.AddIndex(
            "assignment", models.Index(fields=["conversation", "-id"], name="conversations_assigned_last")
        ),
        migrations.AddField("handover", "note", models.CharField(blank=True, max_length=500, default=""), False),
        migrations.AddField(
            "handover",
            "due_at",
            models.DateTimeField(default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
            False,
        ),
        migrations.AddField("handover", "dropped_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "handover",
            models.Index(
                fields=["due_at"],
                condition=models.Q(("accepted_at", None), ("dropped_at", None), ("ended_at", None)),
                name="conversations_handover_due",
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
