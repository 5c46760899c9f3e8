"""The page that plays the customer: a mailbox for every address, without signing in, in the demo alone."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from haoke.accounts.queries import is_demo
from haoke.core.errors import NotFound
from haoke.core.limits import check_limit
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import View, public
from haoke.demo import forms, queries, services

MOST_MAILS, PERIOD = 120, timedelta(minutes=10)


def in_demo(view: View) -> View:
    """Opens a page to everybody, but only where the installation is a demo. Raises NotFound."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_demo():
            raise NotFound()
        return view(request, *args, **kwargs)

    return public(guarded)


@in_demo
@require_safe
def mailbox_list(request: HttpRequest) -> HttpResponse:
    """Whom to play: the known addresses, or a new one."""
    form = forms.Choice(request.GET or None)
    if form.is_valid():
        return redirect("demo:mails", form.cleaned_data["address"])
    context = {"mailboxes": queries.mailboxes(), "form": form}
    return render(request, "demo/mailbox_list.html", context, status=status_of(form))


@in_demo
@require_safe
def mailbox(request: HttpRequest, address: str) -> HttpResponse:
    """The exchanges of one customer; the page asks again by itself, telling what it has `seen`."""
    address = _address(address)
    mark = queries.mark_of(address)
    if request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    context = {
        "address": address,
        "mark": mark,
        "name": queries.writer_name(address),
        "threads": queries.threads(address),
    }
    return render(request, "demo/mailbox.html", context)


@in_demo
@require_http_methods(["GET", "HEAD", "POST"])
def new_mail(request: HttpRequest, address: str) -> HttpResponse:
    """Writes to the company; where the mail stands then shows in the mailbox."""
    address = _address(address)
    written = {"name": queries.writer_name(address), "recipient": queries.company_address()}
    form = forms.Mail(request.POST or None, request.FILES or None, initial=written)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            return _write(request, form, address, recipient=form.cleaned_data["recipient"])
    return render(request, "demo/new_mail.html", {"address": address, "form": form}, status=status_of(form))


@in_demo
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, address: str, mail_id: int) -> HttpResponse:
    """Reads an exchange; a POST answers the mail it was opened by."""
    address = _address(address)
    mark = queries.mark_of(address)
    if request.GET.get("seen") == mark and request.method == "GET":
        return HttpResponse(status=204)
    mails = queries.mails_of_thread(address, mail_id)
    opened = next(each for each in mails if each.id == mail_id)
    written = {"name": queries.writer_name(address), "subject": queries.answer_subject(opened)}
    form = forms.Answer(request.POST or None, request.FILES or None, initial=written)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            return _write(request, form, address, recipient=queries.answer_address(opened), answers_id=mail_id)
    context = {"address": address, "mark": mark, "mails": mails, "opened": opened, "form": form}
    return render(request, "demo/mail.html", context, status=status_of(form))


@in_demo
@require_safe
def attachment(request: HttpRequest, address: str, mail_id: int, position: int) -> HttpResponse:
    """Hands a file over as a download of bytes that no browser acts on."""
    name, content = queries.file_of(_address(address), mail_id, position)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _write(
    request: HttpRequest, form: forms.Answer, address: str, *, recipient: str, answers_id: int | None = None
) -> HttpResponse:
    check_limit(f"demo-mail:{request.META.get('REMOTE_ADDR', '')}", most=MOST_MAILS, per=PERIOD)
    written = services.write_mail(
        mailbox=address,
        name=form.cleaned_data["name"],
        recipient=recipient,
        subject=form.cleaned_data["subject"],
        text=form.cleaned_data["text"],
        answers_id=answers_id,
        uploads=form.uploads,
    )
    page = reverse("demo:mail", args=[address, written.pk])
    return redirect(f"{page}#mail-{written.pk}")


def _address(typed: str) -> str:
    """The address in the page's own address. Raises NotFound unless it is one."""
    form = forms.Choice({"address": typed})
    if not form.is_valid():
        raise NotFound()
    return str(form.cleaned_data["address"])
