"""Lays second factors with their recovery codes, and says whose a session is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_absences_apart"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="installation",
            name="second_factor_rule",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody has to"),
                    ("administrators", "Administrators"),
                    ("leading", "Administrators and supervisors"),
                    ("everybody", "Everybody"),
                ],
                db_default="nobody",
                default="nobody",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed_secret", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "accounts_secondfactor"},
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "accounts_recoverycode"},
        ),
        migrations.CreateModel(
            name="SessionRecord",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        db_column="session_key",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="sessions.session",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("network", models.CharField(blank=True, max_length=40)),
                ("user_agent", models.CharField(blank=True, max_length=300)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "db_table": "accounts_sessionrecord",
                "indexes": [models.Index(fields=["staff", "-seen_at"], name="accounts_session_seen")],
            },
        ),
    ]
