"""Moving in: naming the company and creating the first administrator."""

from __future__ import annotations

from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.choices import Role
from haoke.accounts.models import Installation, Staff
from haoke.accounts.queries import is_new_installation
from haoke.accounts.services.staff import create_staff
from haoke.accounts.services.teams import create_team
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.timeline.services import record


@transaction.atomic
def mark_installation(*, company_name: str = "Haoke 好客", is_demo: bool = False) -> Installation:
    """Says who moved in here; the first word stays, except that a company may name itself later."""
    installation, is_new = Installation.objects.get_or_create(
        defaults={"company_name": company_name, "is_demo": is_demo, "created_at": clock.now()}
    )
    if not is_new and (installation.is_demo or installation.company_name == company_name):
        return installation
    installation.company_name = company_name
    installation.save(update_fields=["company_name"])
    record(
        events.InstallationPrepared(installation_id=installation.pk, company_name=installation.company_name),
        by=Actor.system(),
    )
    return installation


@transaction.atomic
def create_first_administrator(
    *, company_name: str, name: str, email: str, password: str, language: str, also_serves: bool = True
) -> Staff:
    """Opens the house: the first administrator, in the first team if they also serve customers themselves.

    Raises NotANewInstallation once anybody works here.
    """
    lock_name("accounts.first_administrator")
    if not is_new_installation():
        raise errors.NotANewInstallation()
    mark_installation(company_name=company_name.strip())
    roles = [Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AGENT] if also_serves else [Role.ADMINISTRATOR]
    system = Actor.system()
    team = create_team(name="客户服务" if language.startswith("zh") else "Customer service", by=system)
    return create_staff(
        name=name,
        email=email,
        password=password,
        roles=roles,
        team_ids=[team.pk] if also_serves else [],
        language=language,
        by=system,
    )
