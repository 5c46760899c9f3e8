"""The shapes of what people send in from the conversation pages."""

from haoke.conversations.forms.changes import (
    AssignmentForm,
    CategoryForm,
    ClosureForm,
    CustomerForm,
    ReopeningForm,
    StateForm,
    UrgencyForm,
    category_choices,
)
from haoke.conversations.forms.lists import BulkChoices, BulkForm, SavedViewForm, filter_of, ticked_ids
from haoke.conversations.forms.messages import AFTERWARDS, MessageForm, MinutesForm, NewConversationForm
from haoke.conversations.forms.organising import (
    ChosenOther,
    MergeForm,
    OtherForm,
    SnoozeForm,
    SplitForm,
    TagForm,
    TagMergeForm,
    TagNameForm,
    TagUseForm,
)
from haoke.conversations.forms.problems import checked
from haoke.conversations.forms.routing import AcceptanceForm, CategorySkillForm, GivingBackForm, RoutingForm
from haoke.conversations.forms.targets import CHANNELS, ScopeForm, TargetsForm
from haoke.conversations.forms.writing import CannedReplyForm, DraftForm

__all__ = [
    "AFTERWARDS",
    "CHANNELS",
    "AcceptanceForm",
    "AssignmentForm",
    "BulkChoices",
    "BulkForm",
    "CannedReplyForm",
    "CategoryForm",
    "CategorySkillForm",
    "ChosenOther",
    "ClosureForm",
    "CustomerForm",
    "DraftForm",
    "GivingBackForm",
    "MergeForm",
    "MessageForm",
    "MinutesForm",
    "NewConversationForm",
    "OtherForm",
    "ReopeningForm",
    "RoutingForm",
    "SavedViewForm",
    "ScopeForm",
    "SnoozeForm",
    "SplitForm",
    "StateForm",
    "TagForm",
    "TagMergeForm",
    "TagNameForm",
    "TagUseForm",
    "TargetsForm",
    "UrgencyForm",
    "category_choices",
    "checked",
    "filter_of",
    "ticked_ids",
]
