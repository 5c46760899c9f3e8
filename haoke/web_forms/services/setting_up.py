"""Making web forms and changing them."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction

from haoke.accounts import queries as accounts
from haoke.channels import queries as channels
from haoke.conversations import queries as conversations
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.differences import differences
from haoke.core.errors import NotFound
from haoke.timeline.services import record
from haoke.web_forms import errors, events
from haoke.web_forms.models import WebForm
from haoke.web_forms.rules import clean_key, clean_sites

# Long texts are not repeated in the audit trail; that they changed is.
_LONG = ("intro_zh", "intro_en", "thanks_zh", "thanks_en")


class FormValues(TypedDict):
    """Everything a person says about a form; `sites` as typed, one a line."""

    key: str
    name: str
    title_zh: str
    title_en: str
    intro_zh: str
    intro_en: str
    thanks_zh: str
    thanks_en: str
    privacy_url: str
    channel_id: int
    team_id: int
    category_id: int
    asks_phone: bool
    takes_files: bool
    sites: str
    is_active: bool


@transaction.atomic
def create_form(*, by: Actor, **values: Unpack[FormValues]) -> WebForm:
    """Opens a page that customers write by.

    Raises Forbidden, KeyNotUsable, KeyTaken, NotASite, WordsNeeded, UnknownPlace.
    """
    now = clock.now()
    by.require("channels.change")
    form = WebForm(**_checked(values, by), created_at=now)
    _save(form)
    record(events.WebFormCreated(form_id=form.pk, name=form.name), by=by, at=now)
    return form


@transaction.atomic
def change_form(*, form_id: int, version: int, by: Actor, **values: Unpack[FormValues]) -> WebForm:
    """Raises Forbidden, NotFound, FormChanged, and what create_form raises."""
    now = clock.now()
    by.require("channels.change")
    form = WebForm.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=form_id).first()
    if form is None:
        raise NotFound()
    if form.version != version:
        raise errors.FormChanged()
    checked = _checked(values, by)
    changes = {
        name: ["…", "…"] if name in _LONG else old_and_new for name, old_and_new in differences(form, checked).items()
    }
    for name, value in checked.items():
        setattr(form, name, value)
    form.version += 1
    _save(form)
    record(events.WebFormChanged(form_id=form.pk, name=form.name, changes=changes), by=by, at=now)
    return form


def _checked(values: FormValues, by: Actor) -> dict[str, Any]:
    if not (values["title_zh"].strip() or values["title_en"].strip()):
        raise errors.WordsNeeded(field="title_zh")
    places = {
        "channel_id": {each.pk for each in channels.channels(by)},
        "team_id": {each.pk for each in accounts.teams()},
        "category_id": {each.pk for each in conversations.categories()},
    }
    for field, known in places.items():
        if values[field] not in known:  # type: ignore[literal-required]
            raise errors.UnknownPlace(field=field)
    texts = {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    return {**values, **texts, "key": clean_key(values["key"]), "sites": clean_sites(values["sites"])}


def _save(form: WebForm) -> None:
    try:
        # A savepoint, so that the caller's transaction survives the refusal.
        with transaction.atomic():
            form.save()
    except IntegrityError as error:
        raise errors.KeyTaken(field="key") from error
