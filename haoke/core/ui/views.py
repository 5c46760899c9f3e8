"""The styleguide: every component in every state, for those who build and check pages."""

from django.http import HttpRequest, HttpResponse

from haoke.core.ui.gate import needs
from haoke.core.ui.jinja import render
from haoke.core.ui.samples import SampleForm


@needs("styleguide.view")
def styleguide(request: HttpRequest) -> HttpResponse:
    """One long page; the sample form is bound to wrong input so that its errors show."""
    wrong = SampleForm({"name": "", "mail": "li.na@", "minutes": "-5", "urgency": "high", "answers": ["mail"]})
    return render(request, "ui/styleguide.html", {"form": wrong, "plain_form": SampleForm(prefix="plain")})
