"""Forms that customers write by, and everything that came by them, as it came."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from haoke.core.actor import Actor
from haoke.web_forms.choices import Cause, SubmissionState


class WebFormQuerySet(models.QuerySet["WebForm"]):
    def visible_to(self, actor: Actor) -> WebFormQuerySet:
        """Whoever sets forms up sees all of them, everybody else those of their own teams."""
        if actor.may("channels.change") or actor.reaches_all_teams:
            return self
        return self.filter(team_id__in=actor.team_ids)


class WebForm(models.Model):
    """A page at /f/<key>; what comes by it goes to a team, and is answered from a mailbox."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    title_zh = models.CharField(max_length=100, blank=True)
    title_en = models.CharField(max_length=100, blank=True)
    intro_zh = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    thanks_zh = models.TextField(blank=True)
    thanks_en = models.TextField(blank=True)
    privacy_url = models.URLField(max_length=300, blank=True)
    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey("conversations.Category", on_delete=models.PROTECT, related_name="+")
    asks_phone = models.BooleanField(default=True)
    takes_files = models.BooleanField(default=True)
    # The sites that may show it inside their own pages; everywhere else a link leads to it.
    sites = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = WebFormQuerySet.as_manager()

    class Meta:
        db_table = "web_forms_webform"
        ordering = ["-is_active", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def text(self, which: str) -> str:
        """Title, intro or thanks in the reader's language, else in the other one."""
        languages = ("zh", "en") if (get_language() or "").startswith("zh") else ("en", "zh")
        return next((text for language in languages if (text := getattr(self, f"{which}_{language}"))), "")


class Submission(models.Model):
    """One sending of a form, kept before anything else is done with it."""

    form = models.ForeignKey(WebForm, on_delete=models.PROTECT, related_name="submissions")
    # Made when the page is shown, so that sending it twice keeps one.
    token = models.UUIDField(unique=True)
    at = models.DateTimeField()
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    mail = models.CharField(max_length=254)
    phone = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    # Fingerprints: where it came from, and what equal texts have in common.
    address_mark = models.CharField(max_length=64)
    text_mark = models.CharField(max_length=64, blank=True)
    causes = ArrayField(models.CharField(max_length=20, choices=Cause), default=list, blank=True)
    state = models.CharField(max_length=12, choices=SubmissionState)
    failure = models.CharField(max_length=300, blank=True)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "web_forms_submission"
        constraints = [
            models.CheckConstraint(
                name="web_forms_filed_has_conversation",
                condition=models.Q(state="filed", conversation__isnull=False)
                | (~models.Q(state="filed") & models.Q(conversation=None)),
            ),
            models.CheckConstraint(
                name="web_forms_quarantine_has_cause",
                condition=~models.Q(state="quarantined") | models.Q(causes__len__gte=1),
            ),
        ]
        indexes = [
            models.Index(fields=["form", "state", "-at", "-id"], name="web_forms_submission_state"),
            models.Index(fields=["text_mark", "-at"], name="web_forms_submission_text"),
        ]


class SubmissionFile(models.Model):
    """A file that came along."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "web_forms_submissionfile"
        ordering = ["pk"]
