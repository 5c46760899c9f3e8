"""Two absences of one colleague never overlap; the database itself says so."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_skills_and_presence")]

    operations = [
        BtreeGistExtension(),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("cancelled_at", None)),
                expressions=[
                    ("staff", "="),
                    (
                        django.db.models.expressions.Func(
                            "starts_at",
                            "ends_at",
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="accounts_absences_apart",
            ),
        ),
    ]
