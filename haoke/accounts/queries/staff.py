"""Reading colleagues: lists, names, and whoever may answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from haoke.accounts.choices import ABILITIES_OF, Role
from haoke.accounts.models import Staff
from haoke.core.errors import NotFound


@dataclass(frozen=True)
class StaffName:
    id: int
    name: str
    is_active: bool


@dataclass(frozen=True)
class Colleague:
    """An active colleague with mail address, language and zone (empty: the house's)."""

    id: int
    name: str
    email: str
    language: str
    time_zone: str


@dataclass(frozen=True)
class Bearer:
    """An active colleague by what tells them from others of the same name, and by their roles."""

    id: int
    name: str
    email: str
    roles: frozenset[str]


def staff_list() -> list[Staff]:
    """Everybody, the active first, with their teams; three queries however many there are."""
    return list(Staff.objects.prefetch_related("teams", "areas").order_by("-is_active", "name"))


def staff_member(staff_id: int | None) -> Staff:
    """Raises NotFound."""
    found = Staff.objects.prefetch_related("teams", "areas").filter(pk=staff_id or 0).first()
    if found is None:
        raise NotFound()
    return found


def staff_names(staff_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, in one query, for lists that hold only ids."""
    return dict(Staff.objects.filter(pk__in={each for each in staff_ids if each}).values_list("pk", "name"))


def colleagues(staff_ids: Iterable[int | None]) -> dict[int, Colleague]:
    """Those of the given colleagues who still work here, with what one needs to write to them; one query."""
    found = Staff.objects.filter(pk__in={each for each in staff_ids if each}, is_active=True)
    return {row[0]: Colleague(*row) for row in found.values_list("pk", "name", "email", "language", "time_zone")}


def assignable_staff(team_id: int | None = None) -> list[StaffName]:
    """Active colleagues who may answer customers, of one team or all."""
    answering = [role for role, abilities in ABILITIES_OF.items() if "conversations.answer" in abilities]
    found = Staff.objects.filter(is_active=True, roles__overlap=answering)
    if team_id is not None:
        found = found.filter(teams=team_id)
    return [StaffName(*row) for row in found.order_by("name").values_list("pk", "name", "is_active")]


def staff_with(ability: str) -> list[Bearer]:
    """Active colleagues whose roles include an ability, by name; one query."""
    roles = [role for role, abilities in ABILITIES_OF.items() if ability in abilities]
    found = Staff.objects.filter(is_active=True, roles__overlap=roles).order_by("name", "pk")
    return [
        Bearer(pk, name, email, frozenset(held))
        for pk, name, email, held in found.values_list("pk", "name", "email", "roles")
    ]


def supervisors_of_team(team_id: int | None) -> list[int]:
    """Active supervisors of a team; everyone's supervisors where the team has none."""
    supervisors = Staff.objects.filter(is_active=True, roles__contains=[Role.SUPERVISOR])
    of_team = list(supervisors.filter(teams=team_id).values_list("pk", flat=True)) if team_id else []
    return of_team or list(supervisors.values_list("pk", flat=True))


def is_active_staff(staff_id: int | None) -> bool:
    return staff_id is not None and Staff.objects.filter(pk=staff_id, is_active=True).exists()


def staff_by_credentials(*, email: str, password: str) -> Staff | None:
    """The active colleague whom both belong to; a wrong address takes as long as a wrong password."""
    staff = Staff.objects.filter(email=email.strip().lower(), is_active=True).first()
    if staff is None:
        # Nothing is kept: hashing takes as long as checking does.
        make_password(password)
        return None
    return staff if staff.check_password(password) else None
