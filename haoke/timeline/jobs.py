"""The queue entry that runs the reactions of one transaction."""

from haoke.core.queue import job
from haoke.timeline import services


@job("timeline.react", queue="reactions")
def react(batch_id: int) -> None:
    services.run_reactions(batch_id)
