"""Every change to web forms and to what came by them."""

from haoke.web_forms.services.deciding import reject_submission, release_submission, run_submission_again
from haoke.web_forms.services.filing import fail_submission, file_submission
from haoke.web_forms.services.setting_up import change_form, create_form
from haoke.web_forms.services.submitting import Written, submit_form

__all__ = [
    "Written",
    "change_form",
    "create_form",
    "fail_submission",
    "file_submission",
    "reject_submission",
    "release_submission",
    "run_submission_again",
    "submit_form",
]
