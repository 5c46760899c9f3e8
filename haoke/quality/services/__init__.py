"""Every change around surveys."""

from haoke.quality.services.answering import answer_survey
from haoke.quality.services.delivering import note_delivery
from haoke.quality.services.exporting import export_answers
from haoke.quality.services.following_up import follow_up
from haoke.quality.services.inviting import invite, invite_once_settled

__all__ = ["answer_survey", "export_answers", "follow_up", "invite", "invite_once_settled", "note_delivery"]
