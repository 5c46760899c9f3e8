"""API tokens: keys for programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haoke.accounts import forms, queries, services
from haoke.accounts.choices import Role
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs


@require_safe
@needs("tokens.change")
def index(request: Request) -> HttpResponse:
    return render(request, "accounts/token_list.html", {"tokens": queries.tokens(), "role_labels": dict(Role.choices)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("tokens.change")
def new(request: Request) -> HttpResponse:
    form = forms.NewToken(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            clear = services.create_token(**form.cleaned_data, by=request.actor)
            # Shown in the answer itself: a redirect would have to keep the clear token somewhere.
            return render(request, "accounts/token_made.html", {"token": clear, "name": form.cleaned_data["name"]})
    return render(request, "accounts/token_form.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("tokens.change")
def revocation(request: Request, token_id: int) -> HttpResponse:
    token = queries.living_token(token_id)
    if request.method == "POST":
        services.revoke_token(token_id=token_id, by=request.actor)
        messages.success(request, _("%(name)s can no longer come in.") % {"name": token.name})
        return redirect("accounts:tokens")
    return render(request, "accounts/token_revocation.html", {"token": token})
