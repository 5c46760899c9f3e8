"""Conversations, their messages, their clocks, and the rows that say who decided what, when and why."""

from haoke.conversations.models.clocks import Clock, ClockPause
from haoke.conversations.models.conversations import Category, Conversation
from haoke.conversations.models.decisions import Assignment, Closure, Identification, Reopening
from haoke.conversations.models.lists import BulkChange, BulkChangeRow, InboxCount, SavedView, Viewing
from haoke.conversations.models.measures import Measures
from haoke.conversations.models.messages import Attachment, Message, Participant, ReplyBefore
from haoke.conversations.models.organising import Follower, Link, Mention, Merge, Split, Tag, Tagging
from haoke.conversations.models.routing import Handover, Routing, RoutingTurn
from haoke.conversations.models.searching import MessageWords, SearchRebuild
from haoke.conversations.models.writing import CannedReply, Draft

__all__ = [
    "Assignment",
    "Attachment",
    "BulkChange",
    "BulkChangeRow",
    "CannedReply",
    "Category",
    "Clock",
    "ClockPause",
    "Closure",
    "Conversation",
    "Draft",
    "Follower",
    "Handover",
    "Identification",
    "InboxCount",
    "Link",
    "Measures",
    "Mention",
    "Merge",
    "Message",
    "MessageWords",
    "Participant",
    "Reopening",
    "ReplyBefore",
    "Routing",
    "RoutingTurn",
    "SavedView",
    "SearchRebuild",
    "Split",
    "Tag",
    "Tagging",
    "Viewing",
]
