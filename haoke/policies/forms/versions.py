"""How a form knows what its page showed, so that nobody overwrites what they did not see."""

from django import forms


class VersionedForm(forms.Form):
    """Carries the version its page was made from; a newer one in the meantime is a conflict."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def renew(self, version: int) -> None:
        """Lets a page that is shown again decide about what it shows now, not about what it showed before."""
        if self.is_bound:
            self.data = {**self.data, "version": str(version)}
