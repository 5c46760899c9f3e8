"""Lays the access log, and guards it like the timeline: the database refuses to change or remove a row."""

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION timeline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('haoke.erasing', true) = 'yes' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD WHEN 'UPDATE' THEN NEW END;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER timeline_access_append_only BEFORE UPDATE OR DELETE ON timeline_access
    FOR EACH ROW EXECUTE FUNCTION timeline_refuse_change();
CREATE TRIGGER timeline_access_never_truncated BEFORE TRUNCATE ON timeline_access
    FOR EACH STATEMENT EXECUTE FUNCTION timeline_refuse_change();
"""

UNGUARD = """
DROP TRIGGER timeline_access_never_truncated ON timeline_access;
DROP TRIGGER timeline_access_append_only ON timeline_access;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("quarter", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("customer", "Customer page opened"),
                            ("conversation", "Conversation opened"),
                            ("contact_point", "Contact point unmasked"),
                            ("search", "Searched"),
                            ("export", "Taken out as a file"),
                            ("opened_data", "Customer data opened for an hour"),
                            ("sign_in", "Signed in"),
                            ("refused_sign_in", "Sign-in refused"),
                        ],
                        max_length=20,
                    ),
                ),
                ("actor_kind", models.CharField(max_length=20)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("customer_id", models.BigIntegerField(null=True)),
                ("network", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "db_table": "timeline_access",
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="timeline_access_latest"),
                    models.Index(fields=["customer_id", "-at", "-id"], name="timeline_access_customer"),
                    models.Index(fields=["actor_id", "-at", "-id"], name="timeline_access_actor"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("quarter", "kind", "actor_kind", "actor_id", "subject_kind", "subject_id", "network"),
                        name="timeline_access_once_a_quarter",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
