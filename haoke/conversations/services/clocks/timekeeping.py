"""What can be done to the clocks of one conversation: start, pause, resume, stop, replace."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from haoke.conversations.choices import ClockOutcome
from haoke.conversations.models import Clock, ClockPause, Conversation
from haoke.conversations.queries import circumstances_of
from haoke.conversations.rules import clocks as rules
from haoke.conversations.services.clocks.facts import note_breach
from haoke.conversations.services.clocks.running import Running, columns_of, promised, running_of, save_new
from haoke.policies import queries as policies

# What a promise keeps when it goes on in another row.
_PROMISED = (
    "kind",
    "policy_id",
    "calendar_id",
    "target_seconds",
    "warning_seconds",
    "started_at",
    "warn_at",
    "due_at",
    "is_provisional",
    "warned_at",
    "breached_at",
)


class Timekeeper:
    """Acts on the clocks of a conversation at one moment, for a caller who holds the conversation locked."""

    def __init__(self, conversation: Conversation, *, at: datetime, is_new: bool = False) -> None:
        self.conversation, self.moment, self.at = conversation, at, rules.whole_second(at)
        self.running: list[Running] = [] if is_new else running_of(conversation)
        self._calendars: dict[int, policies.WorkingCalendar] = {}

    @property
    def kinds(self) -> set[str]:
        return {each.clock.kind for each in self.running}

    def start(self, *kinds: str, since: datetime | None = None, channel: str = "") -> None:
        """Starts what is promised at that moment and does not run yet; where nothing is promised, nothing."""
        wanted = [kind for kind in kinds if kind not in self.kinds]
        if not wanted:
            return
        since = since or self.moment
        targets = policies.service_targets(circumstances_of(self.conversation, channel=channel), at=since)
        if isinstance(targets, policies.TargetsInForce):
            made = [promised(targets, kind, conversation=self.conversation, since=since, at=self.at) for kind in wanted]
            self.take_up([each for each in made if each is not None])

    def take_up(self, made: Collection[Running]) -> None:
        """Lets clocks run that were made elsewhere."""
        save_new(made)
        self.running += made

    def stop(self, *kinds: str) -> None:
        """Ends clocks that got what they waited for."""
        for each in self._of(kinds):
            self._end(each, rules.outcome_of_stop(is_breached=self._is_breached(each)))

    def drop(self, *kinds: str) -> None:
        """Ends clocks whose cause fell away."""
        for each in self._of(kinds):
            self._end(each, rules.outcome_without(is_breached=self._is_breached(each)))

    def finish(self) -> None:
        """Ends all clocks, because the matter is done."""
        for each in list(self.running):
            is_breached = self._is_breached(each)
            self._end(each, rules.outcome_when_finished(each.clock.kind, is_breached=is_breached))

    def follow_state(self) -> None:
        """Pauses and resumes clocks as their own targets say of the conversation's present state."""
        state = self.conversation.state
        for each in self.running:
            pauses = policies.targets_of(each.clock.policy).pauses(each.clock.kind)
            current = each.open_pause.state if each.open_pause else ""
            wanted = state if state in pauses else ""
            if wanted != current:
                self._change_pause(each, wanted)

    def follow_urgency(self, *, rising: bool) -> None:
        """Replaces running clocks by those of the present urgency.

        A rising urgency counts the new target from now, a falling one from the old start; a clock that would give more
        time on rising, or less on falling, or that is missed already, goes on as it is.
        """
        targets = policies.service_targets(circumstances_of(self.conversation), at=self.moment)
        if not isinstance(targets, policies.TargetsInForce):
            return
        for each in list(self.running):
            since = self.moment if rising else each.clock.started_at
            made = promised(targets, each.clock.kind, conversation=self.conversation, since=since, at=self.at)
            if made is None or self._is_breached(each):
                continue
            if not rising:
                made.pauses = _copies(each.pauses)
                made.set_time(targets.calendar)
            if self._takes_over(made, each, rising=rising):
                self._end(each, ClockOutcome.REPLACED)
                self.take_up([made])

    def take_back(self, clock: Clock, *, stopped_at: datetime | None = None) -> None:
        """Lets a clock go on whose stop did not happen after all, or happened later: at `stopped_at`."""
        clock.stopped_at, clock.outcome, clock.elapsed_seconds = None, "", None
        again = Running(clock, list(clock.pauses.all()))
        if clock.breached_at is None:
            again.set_time(self._calendar_of(clock))
        clock.save()
        self.running.append(again)
        if stopped_at is not None:
            if clock.breached_at is None and rules.is_late(stopped_at, clock.due_at):
                note_breach(clock, self.conversation, at=self.moment)
            outcome = rules.outcome_of_stop(is_breached=clock.breached_at is not None)
            self._end(again, outcome, at=rules.whole_second(stopped_at))

    def go_on(self, dropped: Collection[Running]) -> None:
        """Lets promises that were dropped go on as new clocks; what they told already they do not tell again."""
        made = []
        for each in dropped:
            again = Running(
                Clock(conversation=self.conversation, **{name: getattr(each.clock, name) for name in _PROMISED}),
                _copies(each.pauses),
            )
            if again.clock.breached_at is None:
                again.set_time(self._calendar_of(again.clock))
            made.append(again)
        self.take_up(made)

    def keep_columns(self, *, waiting_since: datetime | None) -> None:
        """Writes on the conversation how it stands with its clocks, and since when the customer waits."""
        columns = {**columns_of([each.clock for each in self.running], self.at), "waiting_since": waiting_since}
        changed = [name for name, value in columns.items() if getattr(self.conversation, name) != value]
        for name in changed:
            setattr(self.conversation, name, columns[name])
        if changed:
            self.conversation.save(update_fields=changed)

    def _of(self, kinds: Collection[str]) -> list[Running]:
        return [each for each in self.running if each.clock.kind in kinds]

    def _is_breached(self, each: Running) -> bool:
        """Whether the deadline was missed; tells it now where the job that rings was not there yet."""
        if each.clock.breached_at is None and rules.is_late(self.at, each.clock.due_at):
            note_breach(each.clock, self.conversation, at=self.moment)
        return each.clock.breached_at is not None

    def _end(self, each: Running, outcome: str, *, at: datetime | None = None) -> None:
        clock = each.clock
        self._end_pause(each)
        clock.stopped_at = max(at or self.at, clock.started_at)
        clock.outcome = outcome
        clock.elapsed_seconds = each.worked(clock.stopped_at, self._calendar_of(clock))
        clock.save(update_fields=["stopped_at", "outcome", "elapsed_seconds"])
        self.running.remove(each)

    def _change_pause(self, each: Running, wanted: str) -> None:
        # Noticed before the deadline goes: what was late when it was paused was missed, and that stands.
        is_breached = self._is_breached(each)
        self._end_pause(each)
        if wanted:
            each.pauses.append(ClockPause.objects.create(clock=each.clock, state=wanted, started_at=self.at))
        if not is_breached:
            each.set_time(self._calendar_of(each.clock))
            each.clock.save(update_fields=["warn_at", "due_at", "is_provisional"])

    def _end_pause(self, each: Running) -> None:
        pause = each.open_pause
        if pause is not None:
            pause.ended_at = max(self.at, pause.started_at)
            pause.save(update_fields=["ended_at"])

    def _takes_over(self, made: Running, old: Running, *, rising: bool) -> bool:
        """Compares the deadlines, those of paused clocks as if they went on now."""
        old_timing = old.timing(self._calendar_of(old.clock), until=self.at)
        new_timing = made.timing(self._calendar_of(made.clock), until=self.at)
        if old_timing is None or new_timing is None:
            return new_timing is not None
        return rules.takes_over(old_due_at=old_timing.due_at, new_due_at=new_timing.due_at, rising=rising)

    def _calendar_of(self, clock: Clock) -> policies.WorkingCalendar:
        if clock.calendar_id not in self._calendars:
            wanted = {each.clock.calendar_id for each in self.running} | {clock.calendar_id}
            self._calendars |= policies.working_calendars(wanted)
        return self._calendars[clock.calendar_id]


def _copies(pauses: Collection[ClockPause]) -> list[ClockPause]:
    return [ClockPause(state=each.state, started_at=each.started_at, ended_at=each.ended_at) for each in pauses]
