"""Seeds the categories every service begins with, each in its phase (S0-11, S4-12 to S4-14); names can be changed."""

from django.db import migrations

CATEGORIES = (
    ("general", "综合", "General", "after_sale"),
    ("enquiry", "售前咨询", "Enquiry before buying", "pre_sale"),
    ("visit_request", "上门与演示", "Visit or demonstration", "pre_sale"),
    ("order", "订单与交货", "Order and delivery", "in_sale"),
    ("payment", "付款与发票", "Payment and invoice", "in_sale"),
    ("how_to", "使用指导", "How to use", "after_sale"),
    ("repair", "维修与配件", "Repair and parts", "after_sale"),
    ("return", "退换货", "Return or exchange", "after_sale"),
    ("feedback", "意见与建议", "Feedback", "after_sale"),
)


def seed(apps, schema_editor):
    category = apps.get_model("conversations", "Category")
    category.objects.bulk_create(
        [
            category(code=code, name_zh=name_zh, name_en=name_en, phase=phase, position=10 * place)
            for place, (code, name_zh, name_en, phase) in enumerate(CATEGORIES)
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
