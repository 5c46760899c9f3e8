"""Minutes spent, each line pointing to the touch or note it was spent on; corrected by a reversing line."""

from django.db import models

from haoke.ledger.choices import LineKind


class Line(models.Model):
    kind = models.CharField(max_length=10, choices=LineKind)
    minutes = models.IntegerField()
    entry_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    staff = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        db_table = "ledger_line"
        indexes = [
            models.Index(fields=["customer_id", "-at"], name="ledger_customer"),
            models.Index(fields=["subject_kind", "subject_id"], name="ledger_subject"),
        ]
