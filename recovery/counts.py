"""Each journey with its counts: the rows, and the arithmetic of milestones on them."""

from datetime import date

from accounts.models import User
from recovery import milestones
from recovery.models import Journey, Lapse


def journeys_with_totals(person: User, today: date) -> list[tuple[Journey, milestones.Totals | None]]:
    """Return each journey with its counts. Two queries, however many journeys and years."""
    noted = list(Lapse.objects.of(person).values_list("day", "source", "over_limit"))
    used = {day for day, _source, _over in noted}
    # Cutting down, a day within the own limit is a good day; one noted by itself, with nothing said, is not.
    over = {day for day, source, over in noted if over or (over is None and source == Lapse.Source.NOTED)}
    return [
        (
            journey,
            milestones.totals(
                started_on=journey.started_on, today=today, use=over if journey.aim == Journey.Aim.CUT_DOWN else used
            ),
        )
        for journey in Journey.objects.of(person).oldest_first()
    ]
