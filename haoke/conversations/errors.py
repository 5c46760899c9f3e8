"""What conversations refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Forbidden, Invalid


class TransitionRefused(Conflict):
    code = "transition_refused"
    message = _("A conversation that is “%(old)s” cannot become “%(new)s”.")


class ConversationIsClosed(Conflict):
    code = "conversation_is_closed"
    message = _("This conversation is closed. Reopen it, saying why, and then answer.")


class NothingWritten(Invalid):
    code = "nothing_written"
    message = _("There is nothing to send yet. Write a line or attach a file.")


class NoAddress(Invalid):
    code = "no_address"
    message = _("There is no mail address to write to. Enter one under “To”.")


class NoChannel(Invalid):
    code = "no_channel"
    message = _("No mailbox is set up to send from. An administrator adds one under Settings → Mailboxes.")


class AssigneeUnfit(Invalid):
    code = "assignee_unfit"
    message = _("This colleague cannot take conversations of this team. Choose somebody else or another team.")


class NoHandover(Conflict):
    code = "no_handover"
    message = _("Nothing waits to be handed over here any more.")


class HandoverNotYours(Forbidden):
    code = "handover_not_yours"
    message = _("This was handed to somebody else, who accepts it or gives it back. You can still take it over.")


class RoutingChanged(Conflict):
    code = "routing_changed"
    message = _("Somebody changed how this team gives out conversations meanwhile. Look at it again, then save.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why the conversation is reopened.")


class ReadOnly(Forbidden):
    code = "read_only"
    message = _("This conversation belongs to another team, so you can read it but not change it.")


class VersionConflict(Conflict):
    code = "version_conflict"
    message = _("%(by)s changed this conversation meanwhile. It is shown below as it is now; choose again.")


class SentBefore(Conflict):
    code = "sent_before"
    message = _("This form was sent before, with another text. Nothing was sent now; send it again if you mean both.")


class KeyReused(Conflict):
    code = "key_reused"
    message = _("This idempotency key was used for another text. Send a new key with a new message.")


class MergedAway(Conflict):
    code = "merged_away"
    message = _("This conversation goes on in HK-%(into_id)s. Work there, or take the merge back first.")


class MergedAlready(Conflict):
    code = "merged_already"
    message = _("This conversation was merged already. Take that merge back first if it belongs elsewhere.")


class MergeCycle(Invalid):
    code = "merge_cycle"
    message = _("A conversation cannot be merged into itself, nor into one that was merged into it.")


class MergeUnconfirmed(Conflict):
    code = "merge_unconfirmed"
    message = _("These conversations belong to two different customers. Merge them only if you are sure, and say so.")


class NotMerged(Conflict):
    code = "not_merged"
    message = _("This conversation is not merged into another.")


class NothingChosen(Invalid):
    code = "nothing_chosen"
    message = _("Choose the messages that become a conversation of their own.")


class NothingLeft(Invalid):
    code = "nothing_left"
    message = _("At least one message stays. To move everything, merge the conversation into another.")


class OtherUnknown(Invalid):
    code = "other_unknown"
    message = _("There is no such conversation within your reach. Enter its number, such as HK-42.")


class TagUnfit(Invalid):
    code = "tag_unfit"
    message = _("A tag has between 1 and %(longest)s characters.")


class TagTaken(Conflict):
    code = "tag_taken"
    message = _("There is a tag “%(tag)s” already. Merge the two instead.")


class TagUnknown(Invalid):
    code = "tag_unknown"
    message = _("There is no tag “%(tag)s”.")


class TagRetired(Invalid):
    code = "tag_retired"
    message = _("The tag “%(tag)s” is no longer used. Choose another one.")


class TooManyTags(Conflict):
    code = "too_many_tags"
    message = _("A conversation carries at most %(most)s tags. Take one off first.")


class SnoozeUnfit(Invalid):
    code = "snooze_unfit"
    message = _("Choose a moment within the coming year.")


class AnsweredMeanwhile(Conflict):
    code = "answered_meanwhile"
    message = _("%(by)s has answered meanwhile. Read it above; if your answer is still needed, send it again.")


class DraftMovedOn(Conflict):
    """Another window of the same colleague saved something else; both texts are shown."""

    code = "draft_moved_on"
    message = _("This draft was changed in another window. Both texts are here: decide which one stays.")


class DraftFileGone(Invalid):
    code = "draft_file_gone"
    message = _("A file you attached is no longer with your draft. Look at the attachments and send again.")


class TooManyDraftFiles(Invalid):
    code = "too_many_draft_files"
    message = _("A message carries at most %(most)s files. Pack them into one, or send a link.")


class UnknownBlanks(Invalid):
    code = "unknown_blanks"
    message = _("There is no such variable: %(blanks)s. The list beside the text shows all there are.")


class UnfilledBlanks(Invalid):
    code = "unfilled_blanks"
    message = _("Something is still to be filled in: %(blanks)s. Write it yourself or take it out.")


class ShortcutUnfit(Invalid):
    code = "shortcut_unfit"
    message = _("A shortcut has letters, digits, “-” and “_”, and no spaces.")


class ShortcutTaken(Conflict):
    code = "shortcut_taken"
    message = _("There is a canned reply with this shortcut already. Choose another shortcut, or change that one.")


class CannedReplyEmpty(Invalid):
    code = "canned_reply_empty"
    message = _("Write the text in at least one language.")


class CannedReplyChanged(Conflict):
    code = "canned_reply_changed"
    message = _("%(by)s changed this canned reply meanwhile. Look at it below, and decide what should stand.")


class TeamNeeded(Invalid):
    code = "team_needed"
    message = _("Choose one of your teams.")


class MentionAmbiguous(Invalid):
    code = "mention_ambiguous"
    message = _("Several colleagues are called %(names)s. Choose one from the list that opens after @.")


class MentionUnfit(Invalid):
    code = "mention_unfit"
    message = _("%(names)s cannot read this conversation and would never see the note. Leave the @ out, or assign it.")


class NothingSelected(Invalid):
    code = "nothing_selected"
    message = _("No conversation is selected. Tick some, or all that the list shows.")


class TooManySelected(Invalid):
    code = "too_many_selected"
    message = _("These are more than %(most)s conversations. Narrow the search and change them in several steps.")


class UndoTooLate(Conflict):
    code = "undo_too_late"
    message = _("This can be taken back for %(minutes)s minutes, and that time is over.")


class ChangedSince(Conflict):
    code = "changed_since"
    message = _("Somebody changed it since.")


class NotYourView(Forbidden):
    code = "not_your_view"
    message = _("This view belongs to a colleague. Save one of your own from what it shows.")
