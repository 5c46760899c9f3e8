"""The service targets of a new house for each urgency, and the floor that none may be slower than.

Working minutes: 480 are eight hours, about a working day.
"""

from datetime import UTC, datetime

from django.db import migrations
from django.utils import timezone

# Urgency: first response, next response, resolution.
TARGETS = {
    "low": (960, 960, 4800),
    "normal": (480, 480, 2400),
    "high": (120, 240, 960),
    "urgent": (30, 60, 480),
}
FLOOR = (1440, 1440, 9600)
PROMISES = ("first_response_minutes", "next_response_minutes", "resolution_minutes")
# A response is never paused: it is us the customer waits for.
MANNER = {
    "calendar": "china",
    "warning_percent": 25,
    "next_response_pauses": [],
    "resolution_pauses": ["on_hold", "waiting"],
}


def seed(apps, schema_editor):
    policy = apps.get_model("policies", "Policy")
    delivered = {
        "valid_from": datetime(2020, 1, 1, tzinfo=UTC),
        "version": 1,
        "reason": "",
        "changed_by_name": "Haoke",
        "changed_at": timezone.now(),
    }
    policy.objects.create(type="service_floor", value=dict(zip(PROMISES, FLOOR, strict=True)), **delivered)
    policy.objects.bulk_create(
        policy(
            type="service_targets",
            urgency=urgency,
            value={**dict(zip(PROMISES, minutes, strict=True)), **MANNER},
            **delivered,
        )
        for urgency, minutes in TARGETS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_scopes_of_policies")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
