"""feed.py - random feeds of evidence, with faults planted in them."""

import random
from collections import namedtuple

from rules import COUNTERS

MINUTE, HOUR = 60000, 3600000

# What is written down, before it has a line.  at: milliseconds.
Said = namedtuple('Said', 'machine kind at value doc id')

# A page or series.  form: fleet, series or csv; machine and kind: a series's.
Doc = namedtuple('Doc', 'form json snapshot machine kind')

STARTS = (1746403200,                   # 5 May 2025
          1743246000, 1761346800,       # before clocks change in Europe
          1741431600, 1762038000)       # and in America


class Setup:
    """What profile and command line say; milliseconds, None if unsaid."""

    def __init__(self, r, rows):
        self.rows = rows                # readings in CSV, not a feed
        self.placement = r.choice((None, 'start', 'end', 'day'))
        self.zone = r.choice(('Europe/Oslo', 'America/Chicago', 'Asia/Tokyo',
                              'Australia/Lord_Howe', 'UTC'))
        self.day_start = r.choice((0, 5 * 60, 7 * 60, 12 * 60 + 30,
                                   2 * 60 + 30)) * 60
        self.dst = r.choice(('earlier', 'later'))
        self.resolution = r.choice((0, 0, 0, 1, 1, 4, 24)) * HOUR
        self.piece = r.choice((None, None, 10, 30, 120, 1440))
        self.hold = r.choice((None, None, 60, 180))
        self.step = r.choice((None, None, HOUR, HOUR // 10, HOUR // 100))
        self.status = r.choice((None, 'change', 'heartbeat'))
        self.close_at = None            # made with the times
        self.running = r.choice(('Working',) * 4 + ('Moving', 'Idle', None))
        self.excludes = r.random() < .1
        self.moves = not rows and r.random() < .3
        self.speed = r.choice((0, 3, 5))
        self.distance = r.choice((50, 200)) if not self.speed else \
            r.choice((0, 50))
        self.switches = []
        if not rows and r.random() < .35:
            self.switches = [(n, r.choice(('Working', 'Idle', 'Moving')))
                             for n in r.sample((1, 2, 7), r.randint(1, 3))]
        self.max_piece = (self.piece or 30) * MINUTE
        self.max_hold = (self.hold or 1440) * MINUTE


class Truth:
    """What one machine did, and what its counters and its map show."""

    def __init__(self, r, span):
        self.spans = []
        at = 0
        while at < span:
            length = r.choice((r.randint(30, 300), r.randint(300, 9000)))
            self.spans.append((at * 1000, (at + length) * 1000,
                               r.choice('oowwim')))
            at += length
        base = r.randrange(4000) * HOUR + r.randrange(100) * HOUR // 100
        self.base = {'operating': base, 'idle': base // 3 // 36000 * 36000,
                     'moving': base // 9 // 36000 * 36000}

    def grown(self, kind, at):
        did = {'operating': 'wim', 'idle': 'i', 'moving': 'm'}[kind]
        return sum(max(0, min(b, at) - a) for a, b, w in self.spans
                   if w in did)

    def runs(self, at):
        """Whether it runs, and since when it does or does not."""
        since, before = 0, None
        for a, b, w in self.spans:
            if (w != 'o') != before:
                since, before = a, w != 'o'
            if a <= at < b:
                return before, since
        return False, since

    def place(self, at):
        """Metres north of somewhere: quite still, or faster than any speed
        that is asked for."""
        return self.grown('moving', at) // 1000 * 5


class Maker:
    """Fills a feed with what is said of its machines."""

    def __init__(self, seed):
        self.r = r = random.Random(seed)
        self.setup = Setup(r, r.random() < .25)
        self.start = r.choice(STARTS) * 1000
        self.said = []
        self.make_machines()
        self.make_docs()
        self.fractions = [0] * self.count
        if self.setup.close_at is None and not self.setup.rows:
            self.fractions = [r.choice((0, 0, 250, 999))
                              for _ in range(self.count)]
        for i in range(self.count):
            self.make_machine(i)
        r.shuffle(self.said)

    def chance(self, percent):
        return self.r.random() * 100 < percent

    def make_machines(self):
        """Ids: M2 may become M2b, which shares a PIN or is the table's."""
        r = self.r
        self.count = r.randint(1, 3)
        self.ids = [['M%d' % (i + 1)] for i in range(self.count)]
        self.table = self.chance(30)
        self.pins = not self.setup.rows and self.chance(25)
        for ids in self.ids:
            if (self.pins or self.table) and self.chance(50):
                ids.append(ids[0] + 'b')
        span = 30 * 3600
        self.moves = [None] * self.count
        for i in range(self.count):
            if self.table and self.chance(60):
                at = self.start // 1000 + r.randrange(span)
                gap = r.randrange(3600) if self.chance(40) else 0
                self.moves[i] = (at - gap, at)
        if self.chance(30):
            self.setup.close_at = self.start + r.randrange(span) * 1000

    def make_docs(self):
        r, setup = self.r, self.setup
        latest = self.start // 1000 + 40 * 86400
        self.docs = []
        for _ in range(r.randint(1, 4)):
            at = (latest + 60 * r.randrange(4)) * 1000
            self.docs.append(Doc('csv' if setup.rows else 'fleet',
                                 self.chance(30),
                                 at if self.chance(70) and not setup.rows
                                 else -1, None, None))
        if setup.rows or setup.status is None:
            return
        for _ in range(r.randint(0, 2)):
            i = r.randrange(self.count)
            kind = r.choice(COUNTERS + ('status', 'place') +
                            tuple(n for n, _ in setup.switches))
            self.docs.append(Doc('series', self.chance(30), -1,
                                 r.choice(self.ids[i]), kind))

    def say(self, machine, kind, at, value):
        at = int(at)
        if self.setup.rows:
            at -= at % 1000
        else:
            at += self.fractions[machine] - at % 1000
        if at < 0:
            return
        ids = self.ids[machine]
        name = self.r.choice(ids)
        doc = self.r.randrange(len(self.docs))
        series = self.docs[doc]
        if series.form == 'series' and (series.machine, series.kind) != (
                name, kind):
            doc = 0
        self.said.append(Said(machine, kind, self.start + at, value, doc,
                              name))

    def echo(self, machine, kind, at, value, other):
        """The same again, or something else of the same time."""
        self.say(machine, kind, at, value)
        if self.chance(6):
            self.say(machine, kind, at, value)
        if other is not None and self.chance(4):
            self.say(machine, kind, at, other)

    def polls(self, at, span, poll):
        while at < span:
            yield at
            at += poll
            if self.chance(8):          # lost polls
                at += self.r.randrange(4 * poll)

    def make_counter(self, machine, kind, truth, meter, at, span, poll):
        """What a meter shows that moves in steps, jumps, and runs wild."""
        r, jump = self.r, 0
        for t in self.polls(at, span, poll):
            shown = truth.base[kind] + jump + (
                truth.grown(kind, t) * meter['percent'] // 100)
            if meter['wild'] and self.chance(4):
                jump += r.choice((-10, -1, 1, 10)) * HOUR
            if meter['wild'] and self.chance(2):
                jump = -truth.base[kind]    # a new meter
            shown = max(0, shown)
            shown -= shown % meter['step']
            wrong = t + meter['shift'] + r.randint(-1, 1) * (
                r.randrange(meter['jitter'] + 1))
            self.echo(machine, kind, wrong, shown,
                      shown + meter['step'] * r.randint(1, 3))

    def make_status(self, machine, truth, at, span, poll):
        """Changes or heartbeats; some lie."""
        beats = self.setup.rows or self.setup.status != 'change'
        if self.setup.status is None and not self.setup.rows:
            beats = False
        if self.chance(10):
            beats = not beats
        liar = self.chance(10)
        for t in self.polls(at, span, poll):
            on, since = truth.runs(t)
            if liar:
                on = self.chance(50)
            self.echo(machine, 'status', t if beats else since, int(on),
                      int(not on))

    def make_switch(self, machine, number, span):
        t, on = self.r.randrange(HOUR), 1
        while t < span:
            self.echo(machine, number, t, on, 1 - on)
            t += self.r.choice((MINUTE, HOUR)) * self.r.randint(1, 9)
            if self.chance(80):
                on = 1 - on

    def make_places(self, machine, truth, at, span, poll):
        for t in self.polls(at, span, poll):
            self.say(machine, 'place', t,
                     (round(60 + truth.place(t) / 111195.08, 7), 10.5))

    def make_machine(self, i):
        r = self.r
        poll = r.choice((5, 15, 15, 30, 60, 360, 1440)) * MINUTE
        polls = r.randint(2, 60)
        span = min(poll * polls, 10 * 24 * HOUR)
        span = max(span, 2 * poll + 1)
        truth = Truth(r, span // 1000 + 1)
        meter = {'step': r.choice((HOUR, HOUR // 10, HOUR // 10, HOUR // 100,
                                   HOUR // 1000)),
                 'jitter': r.choice((0, 0, 30000, 60000)), 'shift': 0,
                 'percent': r.choice((100, 100, 100, 103)),
                 'wild': self.chance(20)}
        at = r.randrange(poll)
        if self.chance(85):
            self.make_counter(i, 'operating', truth, meter, at, span, poll)
        if self.chance(40):
            meter['shift'] = r.randrange(400) * 1000
        if self.chance(30):
            poll = max(poll, r.choice((10, 15, 30, 120)) * MINUTE)
            at = r.randrange(poll)
        meter['percent'] = r.choice((100, 100, 100, 130, 90))
        if self.chance(65):
            self.make_counter(i, 'idle', truth, meter, at, span, poll)
        meter['percent'] = 100
        if self.chance(20):
            self.make_counter(i, 'moving', truth, meter, at, span, poll)
        if self.chance(45):
            self.make_status(i, truth, at, span, poll)
        for number, _ in self.setup.switches:
            if self.chance(75):
                self.make_switch(i, number, span)
        if self.setup.moves and self.chance(70):
            self.make_places(i, truth, at, span, max(poll, 5 * MINUTE))
