"""Completes the seven typical interactions with a customer (S3-20): calls are a channel, these two were no category yet.

Calls, information (enquiry), orders, follow-up documents, billing (payment), after-sales (how to use, repair, return),
complaints.
"""

from django.db import migrations

CATEGORIES = (
    ("documents", "资料与凭证", "Follow-up documents", "after_sale", 82),
    ("complaint", "投诉", "Complaint", "after_sale", 84),
)


def seed(apps, schema_editor):
    category = apps.get_model("conversations", "Category")
    for code, name_zh, name_en, phase, position in CATEGORIES:
        category.objects.get_or_create(
            code=code, defaults={"name_zh": name_zh, "name_en": name_en, "phase": phase, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0009_measures_came_by")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
