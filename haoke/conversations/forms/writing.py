"""What helps to write, as it is sent in: drafts as far as they are written, and canned replies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haoke.accounts import queries as accounts
from haoke.conversations import queries
from haoke.conversations.choices import CannedScope, MessageKind
from haoke.conversations.forms.messages import LONGEST_TEXT, FilesField, MomentField, TypedAddressesField
from haoke.core.actor import Actor
from haoke.core.ui.choosing import offer


class DraftForm(forms.Form):
    kind = forms.CharField(required=False)
    subject = forms.CharField(required=False, max_length=300)
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=False)
    recipients = TypedAddressesField(required=False)
    recipients_offered = TypedAddressesField(required=False)
    cc = TypedAddressesField(required=False)
    bcc = TypedAddressesField(required=False)
    to_all = forms.BooleanField(required=False)
    draft_seen = MomentField(required=False)
    submission = forms.UUIDField(required=False)
    attachments = FilesField(required=False)

    def words(self) -> dict[str, Any]:
        """What stands in the composer; addresses that the house offered are offered again, in case they change."""
        data = self.cleaned_data
        is_offered = data["recipients"] == data["recipients_offered"]
        return {
            "kind": MessageKind.NOTE if data["kind"] == "note" else MessageKind.MAIL,
            "subject": data["subject"],
            "text": data["text"],
            "recipients": [] if is_offered else data["recipients"],
            "cc": data["cc"],
            "bcc": data["bcc"],
            "is_to_all": data["to_all"],
        }


class CannedReplyForm(forms.Form):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    shortcut = forms.CharField(label=_("Shortcut"), max_length=40, help_text=_("What follows the slash: /thanks"))
    title = forms.CharField(label=_("Title"), max_length=100, help_text=_("Found by its words, and by their pinyin."))
    text_zh = forms.CharField(label=_("Text in Chinese"), required=False, max_length=20_000, widget=forms.Textarea)
    text_en = forms.CharField(label=_("Text in English"), required=False, max_length=20_000, widget=forms.Textarea)
    scope = forms.ChoiceField(label=_("For whom"), choices=CannedScope.choices)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(
        label=_("Category"), required=False, help_text=_("In conversations of this category it is offered first.")
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self.fields["team"],
            [(each.pk, each.name) for each in accounts.teams() if _may_share(each.pk, actor)],
            none="—",
        )
        offer(self.fields["category"], [(each.code, each.name) for each in queries.categories()], none="—")
        offer(self.fields["scope"], _scopes(actor))


def _scopes(actor: Actor) -> list[tuple[str, Any]]:
    """Whom the actor may write canned replies for."""
    own = [CannedScope.PERSONAL] if actor.may("conversations.answer") else []
    shared = [CannedScope.TEAM, CannedScope.COMPANY] if actor.may("conversations.share") else []
    return [(each.value, each.label) for each in (*own, *shared)]


def _may_share(team_id: int, actor: Actor) -> bool:
    return team_id in actor.team_ids or actor.may("staff.change")
