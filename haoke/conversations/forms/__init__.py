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
from haoke.conversations.forms.messages import MessageForm, MinutesForm, NewConversationForm
from haoke.conversations.forms.problems import problem_of

__all__ = [
    "AssignmentForm",
    "CategoryForm",
    "ClosureForm",
    "CustomerForm",
    "MessageForm",
    "MinutesForm",
    "NewConversationForm",
    "ReopeningForm",
    "StateForm",
    "UrgencyForm",
    "category_choices",
    "problem_of",
]
