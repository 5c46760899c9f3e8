"""Every read of reports."""

from haoke.insight.queries.consistency import Channel, Request, consistency
from haoke.insight.queries.reports import Wanted, days, figures, hours, house_zone, report, requests, responses

__all__ = [
    "Channel",
    "Request",
    "Wanted",
    "consistency",
    "days",
    "figures",
    "hours",
    "house_zone",
    "report",
    "requests",
    "responses",
]
