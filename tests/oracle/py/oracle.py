#!/usr/bin/env python3
"""oracle.py - random feeds, held to what the manual says must come of them.

oracle.py SEED FEEDS DIR, with the ditio-parse of the path: a line of TAP's
comments for each that disagrees, and status 1.
"""

import json
import re
import subprocess
import sys
from collections import Counter as Tally, defaultdict

import clock
import feed
import rows
import rules
import write

HOURS = ('counter-reset', 'beyond-clock', 'status-disagrees', 'carried-over',
         'idle-unknown', 'idle-left-over', 'moving-left-over')
COUNTS = ('conflicting-reading', 'silence', 'missed-edge', 'open-end',
          'engine-on-unmetered')
SUMMARY = re.compile(r'read (\d+) rows = (\d+) used \+ (\d+) rejected '
                     r'\+ (\d+) skipped')


class Said:
    """What ditio-parse said of a feed."""

    def __init__(self, folder, args):
        run = subprocess.run(
            ['ditio-parse', '--rejects', 'rejects'] + args, cwd=folder,
            capture_output=True, encoding='utf-8', timeout=60)
        self.status, self.err = run.returncode, run.stderr
        self.records = [json.loads(line) for line in run.stdout.splitlines()
                        if line.startswith('{"companyId"')]
        with open(folder + '/rejects') as lines:
            self.findings = [json.loads(line) for line in lines]
        counts = SUMMARY.search(run.stderr)
        self.rows = tuple(map(int, counts.groups())) if counts else None


class Held:
    """One feed: what was said of it and what must be."""

    def __init__(self, seed, folder):
        self.odd = []
        self.feed = feed.Maker(seed)
        self.writer = write.Writer(self.feed, folder)
        self.places = self.writer.write()
        self.heard = defaultdict(list)  # readings by machine and place
        self.said = Said(folder, self.writer.args())
        self.machine = {name: i for i, ids in enumerate(self.feed.ids)
                        for name in ids}

    def must(self, what, got, wanted):
        if got != wanted:
            self.odd.append('%s: %s, wanted %s' % (what, got, wanted))

    def readings(self, i):
        """Those of machine i, with their places; local times as read."""
        for s, name, line in self.places:
            if s.machine != i:
                continue
            doc, at, setup = self.feed.docs[s.doc], s.at, self.feed.setup
            if setup.rows:
                shown = clock.local(setup.zone, at // 1000)
                both = clock.instants(setup.zone, shown)[1]
                at = both[0 if setup.dst == 'earlier' else -1] * 1000
            yield rules.Reading(s.kind, at, s.value, doc.snapshot,
                                (name, line), doc.form != 'fleet')

    def check(self):
        wanted = []
        for i in range(self.feed.count):
            readings = list(self.readings(i))
            for r in readings:
                self.heard[(i,) + r.where].append(r)
            wanted.append(rules.Machine(readings, self.feed.setup))
        if any(m.walk.refused for m in wanted):
            self.must('status', self.said.status, 2)
            return
        if self.said.status not in (0, 1) or not self.said.rows:
            self.odd.append('status %d: %s' % (self.said.status,
                                               self.said.err[-300:]))
            return
        read, used, rejected, skipped = self.said.rows
        self.must('rows', read, used + rejected + skipped)
        self.must('rejected', rejected, self.writer.rejected)
        self.must('skipped', skipped, self.writer.skipped)
        if not self.feed.setup.rows:
            self.must('used', used, len(self.places))
        for i, m in enumerate(wanted):
            records = [r for r in self.said.records
                       if self.machine.get(r['machineId']) == i]
            findings = [f for f in self.said.findings
                        if self.machine.get(self.named(f)) == i]
            self.periods(i, m.periods, records, findings)
            self.findings(i, m.found, findings)
            if not self.feed.moves[i]:
                self.balance(i, m, records, findings)

    @staticmethod
    def named(finding):
        name = re.search(r"'(M\d+b?)'", finding['message'])
        return name and name.group(1)

    def periods(self, i, periods, records, findings):
        """The same periods, to the second, with basis, project, source."""
        wanted, unassigned = [], 0
        until, since = self.feed.moves[i] or (None, None)
        for p in periods:
            parts = [(p.start, p.end, 'p1')]
            if until is not None:
                parts = [(p.start, min(p.end, until), 'p1'),
                         (max(p.start, since), p.end, 'p2')]
                unassigned += max(0, min(p.end, since) - max(p.start, until))
            wanted += [(a, b, p.state, p.estimated, project,
                        self.content(p.source))
                       for a, b, project in parts if a < b]
        got = [(clock.second(r['startTime']), clock.second(r['endTime']),
                r['state'], r['basis'] == 'estimated', r['projectId'],
                r['source']) for r in records]
        got.sort(key=lambda p: p[:5])
        wanted.sort(key=lambda p: p[:5])
        for n in range(max(len(got), len(wanted))):
            g = got[n] if n < len(got) else None
            w = wanted[n] if n < len(wanted) else None
            if g and w and g[:5] == w[:5] and self.is_at(i, g[5], w[5]):
                continue
            self.odd.append('M%d period %d: %s, wanted %s' % (
                i + 1, n, g, w))
            break
        self.must('M%d unassigned' % (i + 1), sum(
            round(f['hours'] * 3600) for f in findings
            if f['code'] == 'unassigned'), unassigned)
        self.must('M%d names' % (i + 1),
                  len({r['machineId'] for r in records}) < 2, True)

    @staticmethod
    def content(r):
        """A synthetic reading stands for the position it comes from."""
        return r.kind, r.time, r.value

    def is_at(self, i, source, content):
        """Whether a reading with this content, or of moving time by a
        position, stands there."""
        name, line = source.rsplit(':', 1)
        for r in self.heard[i, name, int(line)]:
            if (r.kind, r.time, r.value) == content or (
                    r.kind == 'place' and content[:2] == ('moving', r.time)):
                return True
        return False

    @staticmethod
    def counter(finding):
        text = finding['message']
        return 'idle' if 'idle hours' in text else \
            'moving' if 'moving hours' in text else 'operating'

    def findings(self, i, found, findings):
        seconds, count = Tally(), Tally(f['code'] for f in findings)
        for f in findings:
            if f['code'] in HOURS:
                seconds[f['code'], self.counter(f)] += round(
                    f['hours'] * 3600)
        for code in HOURS:
            for kind in rules.COUNTERS:
                self.must('M%d %s %s' % (i + 1, code, kind),
                          seconds[code, kind], found.seconds[code, kind])
        for code in COUNTS:
            self.must('M%d %s' % (i + 1, code), count[code],
                      found.count[code])

    def balance(self, i, m, records, findings):
        """Emitted and named hours are the counters' growth."""
        own = {self.feed.setup.running}.union(
            state for _, state in self.feed.setup.switches)
        for kind, state in (('operating', None), ('idle', 'Idle'),
                            ('moving', 'Moving')):
            r = m.by_kind[kind]
            if not r or (state and state in own) or (
                    kind == 'operating' and self.feed.setup.excludes):
                continue
            told = sum(round(f['hours'] * 3600) for f in findings
                       if f['code'] in HOURS and self.counter(f) == kind)
            told += sum(clock.second(p['endTime']) -
                        clock.second(p['startTime']) for p in records
                        if state in (None, p['state']))
            if not state:
                told -= m.walk.beyond
            self.must('M%d balance of %s' % (i + 1, kind), told,
                      rules.cut(r[-1].value) - rules.cut(r[0].value))


def held(seed, folder):
    """What disagrees in one feed; every third is rows without evidence."""
    if seed % 3 or seed % 2:
        feed_held = Held(seed, folder)
        feed_held.check()
        return feed_held.odd
    some = rows.FORMS[seed // 6 % len(rows.FORMS)](seed)
    odd = []

    def must(what, got, wanted):
        if got != wanted:
            odd.append('%s: %s, wanted %s' % (what, got, wanted))

    rows.check(some, Said(folder, some.write(folder)), must)
    return odd


def main():
    first, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    wrong = 0
    for seed in range(first, first + count):
        odd = held(seed, folder)
        for line in odd:
            print('# feed %d: %s' % (seed, line))
        wrong += bool(odd)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
