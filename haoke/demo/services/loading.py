"""Loading the demo company: people, archives, then the story step by step, each at its own moment."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haoke.accounts import services as accounts
from haoke.accounts.queries import actor_of_staff
from haoke.channels.services import create_channel
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.customers.services import register_customer
from haoke.demo.services.furnishing import create_skills, furnish
from haoke.demo.services.telling import Cast, tell
from haoke.demo.story import company
from haoke.demo.story.customers import CUSTOMERS
from haoke.demo.story.finished import FINISHED
from haoke.demo.story.moments import Present, moment, on
from haoke.demo.story.office import AT_THEIR_DESKS
from haoke.demo.story.running import RUNNING
from haoke.notifications.services import mark_all_read
from haoke.policies.queries import working_calendar

FOUNDED = on(45, "09:00")


@transaction.atomic
def load_demo_company() -> None:
    """Fills a new installation with the demo company, as if it had been at work for some weeks.

    Everything goes through the services of its own domain. Only the wire is left out: what was sent lies in the
    customers' mailboxes and is marked sent, so that nothing leaves weeks late.
    """
    present = Present(now=clock.now(), zone=timezone.get_default_timezone(), calendar=working_calendar())
    with clock.held(moment(FOUNDED, present)):
        accounts.mark_installation(company_name=company.COMPANY_NAME, is_demo=True)
        areas = _create_areas()
        cast = _create_staff(areas, create_skills())
        _create_mailbox(cast)
        furnish(cast, present)
    for known in CUSTOMERS:
        with clock.held(moment(known.when, present)):
            register_customer(
                kind=known.kind,
                name=known.name,
                contact_points=known.contact_points,
                owner_id=cast.staff_id(known.owner) if known.owner else None,
                area_id=areas.get(known.area),
                by=Actor.system(),
                **known.details,
            )
    tell([*FINISHED, *RUNNING], AT_THEIR_DESKS, cast, present)
    for colleague in cast.actors.values():
        # They have been at work: what is older than two days they have seen.
        mark_all_read(until=present.now - timedelta(days=2), by=colleague)


def _create_areas() -> dict[str, int]:
    """The divisions by code, each after the one above it."""
    areas: dict[str, int] = {}
    for each in company.AREAS:
        parent_id = areas[each.parent] if each.parent else None
        areas[each.code] = accounts.create_area(
            code=each.code, name=each.name, parent_id=parent_id, by=Actor.system()
        ).pk
    return areas


def _create_staff(areas: dict[str, int], skills: dict[str, int]) -> Cast:
    team_ids = {key: accounts.create_team(name=name, by=Actor.system()).pk for key, name in company.TEAMS.items()}
    actors = {}
    for each in company.STAFF:
        staff = accounts.create_staff(
            name=each.name,
            email=each.address,
            password=company.PASSWORD,
            roles=[each.role],
            team_ids=[team_ids[key] for key in each.teams],
            area_ids=[areas[code] for code in each.areas],
            language=each.language,
            by=Actor.system(),
        )
        if each.skills or each.writes:
            accounts.set_workload(
                staff_id=staff.pk,
                version=staff.version,
                skill_ids=[skills[key] for key in each.skills],
                writes_languages=each.writes,
                by=Actor.system(),
            )
        actors[each.key] = actor_of_staff(staff.pk)
    return Cast(actors=actors, team_ids=team_ids)


def _create_mailbox(cast: Cast) -> None:
    """The company's one mailbox; its outgoing server is the one that plays the customers' servers."""
    create_channel(
        name="Support 客服邮箱",
        address=company.MAILBOX,
        display_name="好客示范公司 Haoke Demo",
        team_id=cast.team_ids["care"],
        outgoing_host="127.0.0.1",
        outgoing_port=settings.ENV.demo_smtp_port,
        outgoing_security="none",
        by=Actor.system(),
    )
