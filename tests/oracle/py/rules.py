"""rules.py - readings become periods as the manual says, without haste.

Times and values are whole milliseconds; a counter between two of its readings
is a fraction, so that nothing is rounded before it is cut to seconds.
"""

from bisect import bisect_right
from collections import Counter as Tally, defaultdict, namedtuple
from fractions import Fraction
from math import asin, cos, radians, sin, sqrt

import clock

SECOND = 1000
JITTER = 120
COUNTERS = ('operating', 'idle', 'moving')

# kind: one of COUNTERS, status, place, or a switch's number.  value: of a
# counter its milliseconds, of a place (latitude, longitude), else 0 or 1.
# snapshot: when its page was made, or -1.  where: (file, line).
Reading = namedtuple('Reading', 'kind time value snapshot where series')

# state: Working, Idle, Moving; estimated: its basis; when in milliseconds.
Period = namedtuple('Period', 'start end state estimated source')

# engine: on, off or None; state: that of a switch, or None.
Stretch = namedtuple('Stretch', 'start engine state reading')


class Findings:
    """What must be named: seconds by code and counter, and how often."""

    def __init__(self):
        self.seconds = Tally()
        self.count = Tally()

    def name(self, code, kind='operating', seconds=0):
        self.count[code] += 1
        self.seconds[code, kind] += seconds


def cut(value):
    """Whole seconds of milliseconds."""
    return value // SECOND


def settle(readings, found):
    """One reading a time, in order; the others are conflicts."""
    at = defaultdict(list)
    for r in readings:
        at[r.time].append(r)
    settled = []
    for time in sorted(at):
        values = {r.value for r in at[time]}
        for _ in range(len(values) - 1):
            found.name('conflicting-reading')
        sign = 1 if at[time][0].kind in COUNTERS + ('place',) else -1
        latest = max(r.snapshot for r in at[time])
        value = max((r.value for r in at[time] if r.snapshot == latest),
                    key=lambda v: v if sign > 0 else -v)
        settled.append(next(r for r in at[time]
                            if r.value == value and r.snapshot == latest))
    return settled


def joined(stretches):
    """Neighbours that say the same are one, which the first begins."""
    out = []
    for s in stretches:
        if not out or (out[-1].engine, out[-1].state) != (s.engine, s.state):
            out.append(s)
    return out


def engine(status, setup, counted, found):
    """Stretches of the engine's status; the first one begins at None."""
    out = [Stretch(None, None, None, None)]
    for a, b in zip(status, status[1:]):
        on = 'on' if a.value else 'off'
        beats = setup.status == 'heartbeat' or (
            setup.status is None and b.series)
        if a.value == b.value and not beats:
            found.name('missed-edge')
            on = None
        elif b.time - a.time > setup.max_hold:
            if a.value:
                found.name('silence')
            on = None
        out.append(Stretch(a.time, on, None, a))
    if not status:
        return out
    last = status[-1]
    end = setup.close_at if setup.close_at is not None else last.time
    if last.value and end > last.time:
        out.append(Stretch(last.time, 'on', None, last))
        out.append(Stretch(end, None, None, None))
    else:
        out.append(Stretch(last.time, None, None, None))
        if last.value and not counted:
            found.name('open-end')
    return joined(out)


def switch_spans(readings, setup, found):
    """When a switch was on: (from, to, reading)."""
    for r, after in zip(readings, readings[1:] + [None]):
        if not r.value:
            continue
        if after and after.time - r.time <= setup.max_hold:
            yield r.time, after.time, r
        elif after:
            found.name('silence')
        elif setup.close_at is not None and setup.close_at > r.time:
            yield r.time, setup.close_at, r
        else:
            found.name('open-end')


def overlay(stretches, switches, setup, found):
    """Switches that are on, over what the engine's status says."""
    spans = [(list(switch_spans(switches[n], setup, found)), state)
             for n, state in setup.switches]
    edges = {t for on, _ in spans for start, end, _ in on
             for t in (start, end)}
    starts = [s.start for s in stretches[1:]]
    out = []
    for at in [None] + sorted(edges.union(starts)):
        s = stretches[bisect_right(starts, at) if at is not None else 0]
        s = s._replace(start=at)
        for on, state in spans:
            hit = [r for start, end, r in on
                   if at is not None and start <= at < end]
            if hit and s.engine != 'off' and s.state is None:
                s = Stretch(at, 'on', state, hit[0])
        out.append(s)
    return joined(out)


class Engine:
    """Stretches, and for how long they were on in a time."""

    def __init__(self, stretches):
        self.stretches = stretches
        self.starts = [s.start for s in stretches[1:]]

    def index(self, time):
        return bisect_right(self.starts, time)

    def spent(self, state, start, end):
        total = 0
        for i in range(self.index(start), len(self.stretches)):
            a = self.starts[i - 1] if i else start
            b = self.starts[i] if i < len(self.starts) else end
            if a >= end:
                break
            if self.stretches[i].engine == state:
                total += max(0, min(b, end) - max(a, start))
        return total


class Counter:
    """A cumulative counter, linear in the time in which it could grow."""

    def __init__(self, kind, readings, on, slack, found):
        self.kind, self.readings, self.engine = kind, readings, on
        self.times = [r.time for r in readings]
        self.sound = []
        for a, b in zip(readings, readings[1:]):
            grown = b.value - a.value
            falls = grown < 0
            runs = grown > b.time - a.time + slack * SECOND
            self.sound.append(not falls and not runs)
            if falls or runs:
                found.name('counter-reset' if falls else 'beyond-clock',
                           kind, cut(b.value) - cut(a.value))

    def segment(self, time):
        """The readings around a time; None if it is beyond them."""
        i = bisect_right(self.times, time) - 1
        return i if 0 <= i < len(self.times) - 1 else None

    def knows(self, time):
        i = self.segment(time)
        return i is not None and self.sound[i]

    def apart(self, time):
        i = self.segment(time)
        return self.times[i + 1] - self.times[i]

    def source(self, time):
        return self.readings[self.segment(time)]

    def says(self, i, time):
        """What it shows at a time of segment i, in whole seconds."""
        a, b = self.readings[i:i + 2]
        grown = b.value - a.value
        on = self.engine.spent('on', a.time, b.time)
        unknown = self.engine.spent(None, a.time, b.time)
        first = min(grown, on) if unknown else grown if on else 0
        if not on and not unknown:
            shown = Fraction(grown * (time - a.time), b.time - a.time)
        else:
            shown = Fraction(0)
            if on:
                shown += Fraction(
                    first * self.engine.spent('on', a.time, time), on)
            if unknown:
                shown += Fraction((grown - first) * self.engine.spent(
                    None, a.time, time), unknown)
        return cut(a.value + shown)

    def growth(self, start, end):
        i = self.segment(start)
        return self.says(i, end) - self.says(i, start)


def metres(a, b):
    """Along a great circle; how the readers reckon does not matter."""
    p, q = radians(a[0]), radians(b[0])
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(
        radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371000 * asin(sqrt(h))


def movement(places, setup):
    """Positions as readings of a counter of moving time."""
    moved, out = 0, []
    for before, r in zip([None] + places, places):
        if before is not None and r.time - before.time <= setup.max_piece:
            way = metres(before.value, r.value)
            hours = (r.time - before.time) / 3600000
            if way >= setup.distance and way >= setup.speed * 1000 * hours:
                moved += r.time - before.time
        out.append(r._replace(kind='moving', value=moved))
    return out


def finest(readings):
    """The step of hours that a meter shows."""
    for step in (3600000, 360000, 36000):
        if all(r.value % step == 0 for r in readings):
            return step
    return 3600


class Walk:
    """From piece to piece; what a piece cannot hold is owed to the next."""

    def __init__(self, by_kind, on, setup, found):
        self.setup, self.found, self.engine = setup, found, on
        step = setup.step or finest(by_kind['operating'])
        self.slack = -(-step // SECOND) + JITTER
        self.counters = {k: Counter(k, by_kind[k], on, self.slack, found)
                         for k in COUNTERS}
        self.owed = dict.fromkeys(COUNTERS, 0)
        self.homeless = dict.fromkeys(COUNTERS, 0)
        self.on = self.metered = 0
        self.beyond = 0         # seconds told by other than operating hours
        self.refused = False
        self.laid = []
        self.group = None
        self.settled = []

    def take(self, kind, most):
        n = min(self.owed[kind], most)
        self.owed[kind] -= n
        return n

    def run(self):
        times = {t for c in self.counters.values() for t in c.times}
        times = sorted(times.union(self.engine.starts))
        for start, end in zip(times, times[1:]):
            self.piece(start, end)
            if not any(self.owed.values()):
                self.settled.append(end)
        self.lay()
        for kind, code in (('operating', 'carried-over'),
                           ('idle', 'idle-left-over'),
                           ('moving', 'moving-left-over')):
            for rest in (self.owed[kind], self.homeless[kind]):
                if rest:
                    self.found.name(code, kind, rest)
        if self.on - self.metered > self.slack:
            self.found.name('engine-on-unmetered', 'operating',
                            self.on - self.metered)

    def piece(self, start, end):
        stretch = self.engine.stretches[self.engine.index(start)]
        room = 0 if stretch.engine == 'off' else cut(end) - cut(start)
        knows = {k: c.knows(start) for k, c in self.counters.items()}
        grown = {k: c.growth(start, end) if knows[k] else 0
                 for k, c in self.counters.items()}
        operating = self.counters['operating']
        inside = operating.segment(start) is not None
        for kind in COUNTERS:
            self.owed[kind] += grown[kind]
        if knows['operating']:
            if self.setup.excludes:
                self.owed['operating'] += grown['idle']
            amount = self.take('operating', room)
            if stretch.engine == 'on':
                self.on += room
                self.metered += amount
        elif stretch.engine == 'on' and not inside:
            amount = room
        elif not operating.times:
            amount = min(room, sum(self.owed[k] for k in ('idle', 'moving')
                                   if knows[k]))
        else:
            amount = 0
            for kind in ('idle', 'moving'):
                self.owed[kind] -= grown[kind]
                self.homeless[kind] += grown[kind]
        amounts = self.split(amount, stretch, knows)
        if not knows['operating']:
            self.beyond += sum(amounts.values())
        self.put(start, end, stretch, knows, amounts)
        if knows['operating'] and end in operating.times:
            self.let_go(operating, start)

    def split(self, amount, stretch, knows):
        """(state, seconds) in the order in which they are laid out."""
        if stretch.state:
            return {'rest': amount}
        idle = self.take('idle', amount) if knows['idle'] else 0
        moving = self.take('moving', amount - idle) if knows['moving'] else 0
        rest = amount - idle - moving
        if knows['idle']:
            return {'working': rest, 'moving': moving, 'idle': idle}
        if rest and not self.setup.running:
            if all(len(self.counters[k].times) < 2
                   for k in ('idle', 'moving')):
                self.refused = True
            self.found.name('idle-unknown' if knows['operating']
                            else 'running-unsaid', 'operating', rest)
            rest = 0
        return {'rest': rest, 'moving': moving, 'idle': idle}

    def let_go(self, operating, start):
        i = operating.segment(start)
        surplus = self.owed['operating'] - self.slack
        if surplus <= 0:
            return
        off = self.engine.spent('off', *operating.times[i:i + 2])
        self.found.name('status-disagrees' if off else 'beyond-clock',
                        'operating', surplus)
        self.owed['operating'] = self.slack

    def put(self, start, end, stretch, knows, amounts):
        """A piece, laid out with those before it if resolution says so."""
        g, most = self.group, self.setup.resolution
        if g and not (most and g['stretch'] is stretch and
                      end - g['start'] <= most and
                      start // most == g['start'] // most):
            self.lay()
            g = None
        if not g:
            g = self.group = {'start': start, 'stretch': stretch,
                              'pieces': 0, 'amounts': Tally(),
                              'estimated': False, 'source': None}
        g['end'] = end
        g['pieces'] += 1
        g['amounts'].update(amounts)
        if not sum(amounts.values()):
            return
        apart = [self.counters[k].apart(start) for k in COUNTERS if knows[k]]
        if max(apart, default=0) > self.setup.max_piece:
            g['estimated'] = True
        g['source'] = g['source'] or self.source(start, stretch, knows)

    def source(self, start, stretch, knows):
        if knows['operating']:
            return self.counters['operating'].source(start)
        if stretch.engine == 'on':
            return stretch.reading
        kind = 'idle' if knows['idle'] else 'moving'
        return self.counters[kind].source(start)

    def lay(self):
        g, setup = self.group, self.setup
        total = sum(g['amounts'].values()) if g else 0
        if not total:
            return
        length = g['end'] - g['start']
        estimated = g['estimated'] or (
            g['pieces'] > 1 and length > setup.max_piece)
        at, end = cut(g['start']), cut(g['end'])
        if setup.placement == 'end':
            at = end - total
        elif setup.placement == 'day':
            begin = clock.next_time(setup.zone, setup.day_start, at)
            if begin < end:
                at = min(begin, end - total)
        for kind, state in (('working', 'Working'),
                            ('rest', g['stretch'].state or setup.running),
                            ('moving', 'Moving'), ('idle', 'Idle')):
            n = g['amounts'][kind]
            if n:
                self.laid.append(
                    Period(at, at + n, state, estimated, g['source']))
            at += n


def merged(periods):
    """Touching periods of one state and basis are one."""
    out = []
    for p in periods:
        if out and out[-1].end == p.start and (
                out[-1].state, out[-1].estimated) == (p.state, p.estimated):
            out[-1] = out[-1]._replace(end=p.end)
        else:
            out.append(p)
    return out


class Machine:
    """What must come of one machine."""

    def __init__(self, readings, setup):
        self.found = Findings()
        self.by_kind = by_kind = defaultdict(list)
        for r in readings:
            by_kind[r.kind].append(r)
        for kind in list(by_kind):
            by_kind[kind] = settle(by_kind[kind], self.found)
        stretches = engine(by_kind['status'], setup,
                           len(by_kind['operating']) > 1, self.found)
        stretches = overlay(stretches, by_kind, setup, self.found)
        if setup.moves and not by_kind['moving']:
            by_kind['moving'] = movement(by_kind['place'], setup)
        self.walk = Walk(by_kind, Engine(stretches), setup, self.found)
        self.walk.run()
        self.periods = merged(self.walk.laid)
