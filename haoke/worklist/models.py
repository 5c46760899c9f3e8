"""One row for each thing somebody must do; Today reads it."""

from django.db import models


class Item(models.Model):
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    assignee = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    details = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "worklist_item"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id"],
                condition=models.Q(done_at=None),
                name="worklist_one_open_item",
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "due_at"], condition=models.Q(done_at=None), name="worklist_mine"),
            models.Index(fields=["team", "due_at"], condition=models.Q(done_at=None), name="worklist_team"),
        ]
