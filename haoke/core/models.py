"""Tables without a business word: the windows in which rate limits are counted, and why jobs failed."""

from django.db import models


class RateWindow(models.Model):
    key = models.CharField(max_length=200, primary_key=True)
    opened_at = models.DateTimeField()
    hits = models.PositiveIntegerField()

    class Meta:
        db_table = "core_ratewindow"
        indexes = [models.Index(fields=["opened_at"], name="core_ratewindow_opened")]


class JobFailure(models.Model):
    """The last failure of a job that is still in the queue: what kind of error, and where; never its message.

    A message may carry a customer's address or words; the kind and the line of code cannot.
    """

    job_id = models.BigIntegerField(primary_key=True)
    error = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    failed_at = models.DateTimeField()

    class Meta:
        db_table = "core_jobfailure"
