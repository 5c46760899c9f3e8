"""The queue entry by which sessions that ran out are removed at night."""

from haoke.accounts import services
from haoke.core.queue import periodic


@periodic("41 3 * * *", name="accounts.sweep")
def sweep() -> None:
    services.sweep_sessions()
