"""Keeps why a job failed, which the queue itself does not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.CharField(max_length=200)),
                ("place", models.CharField(max_length=200)),
                ("failed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_jobfailure",
            },
        ),
    ]
