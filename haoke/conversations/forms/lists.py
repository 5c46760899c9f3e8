"""What an address of the inbox asks for, and what people send in from its lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from haoke.accounts import queries as accounts
from haoke.conversations.choices import BulkAction, InboxSort, InboxView, Sharing, State, Urgency
from haoke.conversations.forms.changes import VersionForm, category_choices
from haoke.conversations.queries import InboxFilter
from haoke.conversations.rules import STATES_TO_SET, Target
from haoke.core.actor import Actor
from haoke.core.errors import Invalid
from haoke.core.text.numbers import number_in
from haoke.core.ui.choosing import offer

LONGEST_SEARCH = 500
# As many as one page can show, with room for a page that grew.
MOST_TICKED = 200


def filter_of(asked: QueryDict) -> InboxFilter:
    """What an address of the inbox asks for; words it cannot know are as if they were not there."""
    view, state, sort = (asked.get(name, "") for name in ("view", "state", "sort"))
    return InboxFilter(
        view=view if view in InboxView.values else InboxView.ALL,
        state=state if state in (*State.values, "any") else "unfinished",
        text=asked.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        sort=sort if sort in InboxSort.values else InboxSort.NEWEST,
    )


class BulkForm(forms.Form):
    """Which conversations, and the one thing done to all of them.

    `act` is an action, or an action with what it sets, as a single button sends it: `state:waiting`.
    """

    act = forms.CharField(max_length=60)
    everything = forms.BooleanField(required=False)
    list = forms.CharField(required=False, max_length=2000)
    reason = forms.CharField(required=False, max_length=500, label=_("Reason (optional)"))
    assignee = forms.CharField(required=False, max_length=20, label=_("Assignee"))
    team = forms.CharField(required=False, max_length=20, label=_("Team"))
    state = forms.ChoiceField(required=False, choices=[(each.value, each.label) for each in STATES_TO_SET])
    urgency = forms.ChoiceField(required=False, choices=Urgency.choices)
    category = forms.CharField(required=False, max_length=40)
    tag = forms.CharField(required=False, max_length=60, label=_("Tag"))

    def asked_of(self, actor: Actor) -> tuple[str, str]:
        """The action and what it sets, in the notation of a bulk change. Raises Invalid."""
        data = self.cleaned_data
        action, _separator, chosen = data["act"].partition(":")
        match action:
            case "take":
                return BulkAction.ASSIGN, str(Target(actor.staff_id, keeps_team=True))
            case BulkAction.ASSIGN:
                return action, f"{data['assignee'] or '-'}/{data['team'] or '-'}"
            case BulkAction.CLOSE:
                return action, data["reason"]
            case BulkAction.UNTAG:
                return action, data["tag"]
        if action not in BulkAction.values:
            raise Invalid(field="act")
        return action, chosen or data[action]


def ticked_ids(sent: QueryDict) -> list[int]:
    """The conversations whose boxes were ticked; whatever is no number is left out."""
    ids = [number for each in sent.getlist("row") if (number := number_in(each)) is not None]
    return ids[:MOST_TICKED]


class BulkChoices:
    """What a change of many can be set to, for the page that offers everything at once."""

    def __init__(self) -> None:
        self.staff = [("-", _("Nobody")), *((str(each.id), each.name) for each in accounts.assignable_staff())]
        self.teams = [("=", _("As it is")), ("-", "—"), *((str(each.pk), each.name) for each in accounts.teams())]
        self.states = [(each.value, each.label) for each in STATES_TO_SET]
        self.urgencies = Urgency.choices
        self.categories = category_choices()


class SavedViewForm(VersionForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    sharing = forms.ChoiceField(label=_("For whom"), choices=Sharing.choices, required=False)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    search = forms.CharField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    sort = forms.ChoiceField(label=_("Order"), choices=InboxSort.choices, required=False)

    def __init__(self, *args: Any, may_share: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].widget = forms.HiddenInput()
        offer(self.fields["team"], [(each.pk, each.name) for each in accounts.teams()], none="—")
        if not may_share:
            del self.fields["sharing"], self.fields["team"]

    def wanted(self) -> dict[str, Any]:
        """The arguments of the services, but for who asks and which view."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "sharing": data.get("sharing") or Sharing.PRIVATE,
            "team_id": data.get("team"),
            "search": data["search"],
            "sort": data["sort"] or InboxSort.NEWEST,
        }
