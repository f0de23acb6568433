"""clock.py - local times and instants, by the zones that Python reads."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

DAY = 86400
BIRTH = datetime(1970, 1, 1)


def local(zone, second):
    """What a clock of the zone shows, as seconds since 1970."""
    at = datetime.fromtimestamp(second, timezone.utc)
    shown = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (shown - BIRTH) // timedelta(seconds=1)


def instants(zone, shown):
    """The instants at which a clock shows this: none, one or two; and the two
    that the offsets around give where it is none."""
    at = BIRTH + timedelta(seconds=shown)
    both = sorted({int(at.replace(tzinfo=ZoneInfo(zone), fold=fold)
                       .timestamp()) for fold in (0, 1)})
    real = [t for t in both if local(zone, t) == shown]
    return real, both


def next_time(zone, day_start, second):
    """When a clock first shows this time of day, from a second on."""
    midnight = local(zone, second) // DAY * DAY
    found = [t for day in range(-1, 3) for t in instants(
        zone, midnight + day * DAY + day_start)[1] if t >= second]
    return min(found)


def stamp(second):
    """2025-05-05T00:00:00Z"""
    at = datetime.fromtimestamp(second, timezone.utc)
    return at.strftime('%Y-%m-%dT%H:%M:%SZ')


def second(text):
    """Of an instant as records have it."""
    at = datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ')
    return (at - BIRTH) // timedelta(seconds=1)
