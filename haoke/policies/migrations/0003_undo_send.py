"""A reply of a colleague waits ten seconds in a new house."""

from datetime import UTC, datetime

from django.db import migrations
from django.utils import timezone


def seed(apps, schema_editor):
    apps.get_model("policies", "Policy").objects.create(
        type="undo_send",
        value={"seconds": 10},
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        version=1,
        reason="",
        changed_by_name="Haoke",
        changed_at=timezone.now(),
    )


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_what_the_house_is_born_with")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
