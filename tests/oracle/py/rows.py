"""rows.py - random rows of events, totals and periods, and what they give.

Python's csv writes them: cells with and without quotes, with delimiters,
quotes and line breaks in them, in several encodings; or they are elements of
XML or objects of JSON.
"""

import csv
import io
import json
import random
from collections import Counter as Tally
from xml.sax.saxutils import escape, quoteattr

import clock
from rules import Period, merged

# Zones whose clocks change in the night, at midnight, by half an hour, never;
# and the days, since 1970, on which they do.
CHANGES = {'Europe/Oslo': (20177, 20387), 'America/Chicago': (20156, 20394),
           'Asia/Beirut': (20177, 20387), 'Australia/Lord_Howe': (20184, 20366),
           'Asia/Kolkata': (20214,)}
DAY = 20214
WORDS = {'dig': 'Working', 'wait': 'Idle', 'drive': 'Moving'}
# What Python and iconv call an encoding, and letters that it has.
ENCODINGS = (('utf-8', None, 'åé“Ж机'), ('utf-8-sig', None, 'åé“Ж机'),
             ('utf-16', None, 'åé“Ж机'), ('cp1252', 'windows-1252', 'åé“'),
             ('latin-1', 'iso-8859-1', 'åé'))
STATES = {'Working': ['dig'], 'Idle': ['wait'], 'Moving': ['drive']}


def day_text(shown):
    text = clock.stamp(shown)
    return '%s.%s.%s' % (text[8:10], text[5:7], text[:4])


def text_of(shown):
    """dd.mm.yyyy hh:mm:ss"""
    return '%s %s' % (day_text(shown), clock.stamp(shown)[11:19])


def hours(seconds):
    return '%d:%02d:%02d' % (seconds // 3600, seconds // 60 % 60,
                             seconds % 60)


class Rows:
    """One file; what must come of it: records and codes."""

    rows = None

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.zone = self.r.choice(list(CHANGES))
        self.dst = self.r.choice(('reject', 'earlier', 'later'))
        self.encoding, called, self.letters = self.r.choice(ENCODINGS)
        self.delimiter = self.r.choice(',;\t|')
        self.called = called
        self.form = self.r.choice(('csv', 'csv', 'xml', 'json'))
        self.names = self.r.sample(('M1', 'M 2', 'M"3', 'M;4', 'M,5', 'M|6',
                                    "M'7", self.letters), 2)
        self.at = self.r.randrange(len(self.columns) + 1)   # of a note
        self.line, self.cells = 1, []
        self.row(*self.columns)
        self.wanted = []                # (machine, Period)
        self.codes = Tally()
        self.profile = {'name': 'random', 'format': 'csv', 'rows': self.rows,
                        'time': {'formats': ['%d.%m.%Y %H:%M:%S', '%d.%m.%Y',
                                             '%H:%M:%S'],
                                 'zone': self.zone, 'dst': self.dst},
                        'csv': {'delimiter': self.delimiter}}
        if called:
            self.profile['csv']['encoding'] = called
        self.args = []
        self.make()
        if self.form != 'csv':
            self.be_document()

    def chance(self, percent):
        return self.r.random() * 100 < percent

    def near(self):
        """A local time, often near a change of clocks."""
        if self.chance(30):
            return (DAY + self.r.randrange(3)) * clock.DAY + \
                self.r.randrange(clock.DAY)
        day = self.r.choice(CHANGES[self.zone])
        return day * clock.DAY + self.r.randrange(-2 * 3600, 5 * 3600)

    def instant(self, shown):
        """The instant of a local time, or the code that refuses it."""
        real, both = clock.instants(self.zone, shown)
        if len(real) == 1:
            return real[0]
        if self.dst == 'reject':
            return 'dst-fold' if real else 'dst-gap'
        return both[0 if self.dst == 'earlier' else -1]

    def note(self):
        """What nobody asks for."""
        r = self.r
        return ''.join(r.choice(' ,;|\t"\n' + "'ax0-" + self.letters)
                       for _ in range(r.choice((0, 5, 60, 600)))) \
            if r.random() < .5 else 'note'

    def row(self, *cells):
        """Where the row stands."""
        cells = list(cells)
        cells.insert(self.at, self.note() if self.cells else 'about')
        self.cells.append(cells)
        line = self.line
        self.line += 1
        if self.form != 'json':
            self.line += sum(c.count('\n') for c in cells)
        return '0.doc:%d' % line

    def be_document(self):
        """Paths for columns; what else XML and JSON say otherwise."""
        del self.profile['csv']
        self.profile['format'] = self.form
        self.profile['record'] = '/rows' if self.form == 'json' \
            else '/rows/row'
        if self.called and self.form == 'json':
            self.args += ['--encoding', self.called]
        fields = dict(self.profile['fields'])
        for f in list(fields.values()) + list(
                fields.get('totals', {}).values()):
            if isinstance(f, dict) and 'column' in f:
                f['path'] = f.pop('column')
                if f['path'] == 'machine' and self.form == 'xml':
                    f['path'] = '@machine'

    def members(self):
        """Of each row; empty ones are there or not."""
        names = self.cells[0]
        for cells in self.cells[1:]:
            yield [(k, v) for k, v in zip(names, cells)
                   if v or self.chance(50)]

    def xml(self):
        yield '<?xml version="1.0" encoding="%s"?><rows>' % (
            self.called or self.encoding.replace('-sig', ''))
        for row in self.members():
            yield '<row%s>%s</row>' % (
                ''.join(' %s=%s' % (k, quoteattr(v)) for k, v in row
                        if k == 'machine'),
                ''.join('<%s>%s</%s>' % (k, escape(v), k) for k, v in row
                        if k != 'machine'))
        yield '</rows>'

    def json(self):
        yield '{"rows":['
        comma = ''
        for row in self.members():
            yield comma + json.dumps(
                {k: v or None for k, v in row},
                ensure_ascii=self.chance(50))
            comma = ','
        yield ']}'

    def csv(self):
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter,
                            lineterminator=self.r.choice(('\n', '\r\n')),
                            quoting=self.r.choice((csv.QUOTE_MINIMAL,
                                                   csv.QUOTE_ALL)))
        writer.writerows(self.cells)
        return text.getvalue()

    def write(self, folder):
        with open(folder + '/profile.json', 'w') as out:
            json.dump(self.profile, out)
        text = self.csv() if self.form == 'csv' else '\n'.join(
            self.xml() if self.form == 'xml' else self.json())
        with open(folder + '/0.doc', 'wb') as out:
            out.write(text.encode(self.encoding))
        return ['--profile', './profile.json', '--company', 'c', '--project',
                'p1'] + self.args + ['0.doc']


class Periods(Rows):
    """A start, and an end or a length."""

    rows = 'period'
    columns = ('machine', 'word', 'from', 'to', 'length', 'pause')

    def make(self):
        self.by_length = self.chance(50)
        self.next_day = not self.by_length and self.chance(50)
        fields = {'machineId': {'column': 'machine'},
                  'state': {'column': 'word'},
                  'startTime': {'column': 'from'},
                  'minus': {'column': 'pause', 'unit': 'min'}}
        if self.by_length:
            fields['duration'] = {'column': 'length', 'unit': 'h:mm:ss'}
        else:
            fields['endTime'] = {'column': 'to'}
        self.profile.update(fields=fields, states=STATES, off=['off'])
        if self.next_day:
            self.profile['endBeforeStart'] = 'next-day'
        for _ in range(self.r.randint(5, 60)):
            self.make_row()

    def fault(self, cells):
        """One cell goes wrong: its code."""
        at, text, code = self.r.choice((
            (1, 'nonsense', 'unmapped-state'), (2, '31.02.2025', 'bad-time'),
            (2, '', 'no-time'), (5, '1o', 'bad-number'),
            (5, '-5', 'bad-number'), (0, '', 'no-machine')))
        cells[at] = text
        return code

    def make_row(self):
        shown = self.near()
        length = self.r.choice((0, 600, 3600, 10800, 40000))
        length = self.r.randrange(length + 1)
        word = self.r.choice(list(WORDS))
        pause = self.r.choice((0, 0, 5, 30))
        name = self.r.choice(self.names)
        last = shown + length
        start = self.instant(shown)
        clock_alone = not self.by_length and self.chance(30)
        to = hours(last % clock.DAY) if clock_alone else text_of(last)
        if clock_alone:
            last = shown - shown % clock.DAY + last % clock.DAY
            if self.next_day and last < shown:
                last += clock.DAY
        cells = [name, word, text_of(shown), to, hours(length),
                 str(pause) if pause else '']
        end = start
        if not isinstance(start, str):
            end = start + length if self.by_length else self.instant(last)
        if not isinstance(end, str):
            end -= pause * 60
            end = end if end >= start else 'end-before-start'
        if isinstance(end, str):
            self.codes[end] += 1
            self.row(*cells)
            return
        if self.chance(10):
            self.codes[self.fault(cells)] += 1
            self.row(*cells)
            return
        if self.chance(5):
            cells[1] = 'off'
            self.row(*cells)
            return
        source = self.row(*cells)
        self.wanted.append((name, Period(start, end, WORDS[word], None,
                                         source)))


class Totals(Rows):
    """Hours per day, or between a start and an end."""

    rows = 'total'
    columns = ('machine', 'day', 'from', 'to', 'work', 'idle', 'move')

    def make(self):
        # A time of two columns is none of a document's.
        self.by_date = self.form != 'csv' or self.chance(50)
        self.ends = self.by_date or self.chance(70)
        self.rest = None
        if self.ends and not self.by_date and self.chance(50):
            self.rest = 'Moving'
        self.start = self.r.choice((0, 6, 7, 23)) * 3600 + \
            self.r.choice((0, 1800))
        order = [('Working', 'work'), ('Idle', 'idle'), ('Moving', 'move')]
        self.r.shuffle(order)
        self.order = [o for o in order if o[0] != self.rest]
        fields = {'machineId': {'column': 'machine'},
                  'totals': {state: {'column': column, 'unit': 'h:mm:ss'}
                             for state, column in self.order}}
        if self.by_date:
            fields['date'] = {'column': 'day'}
            fields['dayStart'] = hours(self.start)[:-3].zfill(5)
        else:
            fields['startTime'] = {'columns': ['day', 'from']}
            if self.ends:
                fields['endTime'] = {'columns': ['day', 'to']}
        if self.rest:
            fields['rest'] = self.rest
        self.profile['fields'] = fields
        for _ in range(self.r.randint(5, 40)):
            self.make_row()

    def begins(self, shown):
        """The moment of a local time: the first of two, or of the leap."""
        real, both = clock.instants(self.zone, shown)
        return real[0] if real else both[-1]

    def span(self, shown, last):
        """Where totals may lie, and where they begin if they may."""
        midnight = shown - shown % clock.DAY
        dawn = self.begins(midnight)
        dusk = self.begins(midnight + clock.DAY)
        if self.by_date:
            return dawn, dusk, self.begins(midnight + self.start)
        start = self.instant(shown)
        end = self.instant(last) if self.ends else dusk
        return start, end, start

    def make_row(self):
        shown = self.near()
        midnight = shown - shown % clock.DAY
        last = self.r.randrange(shown, midnight + clock.DAY)
        name = self.r.choice(self.names)
        most = self.r.choice((0, 600, 7200, 30000))
        length = {c: self.r.randrange(most + 1) for _, c in self.order}
        cells = {'machine': name, 'day': day_text(shown),
                 'from': clock.stamp(shown)[11:19],
                 'to': clock.stamp(last)[11:19]}
        for column, n in length.items():
            cells[column] = hours(n) if n or self.chance(50) else ''
        source = self.row(*(cells.get(c, '') for c in self.columns))
        total = sum(length.values())
        if not total and not self.rest:
            return
        start, end, at = self.span(shown, last)
        for wrong in (start, end):
            if isinstance(wrong, str):
                self.codes[wrong] += 1
                return
        if end < start:
            self.codes['end-before-start'] += 1
            return
        if total > end - start:
            self.codes['beyond-span'] += 1
            return
        at = max(start, min(at, end - total))
        for state, n in [(s, length[c]) for s, c in self.order] + [
                (self.rest, end - at - total if self.rest else 0)]:
            if n:
                self.wanted.append((name, Period(at, at + n, state, True,
                                                 source)))
            at += n


class Events(Rows):
    """In a state from now on."""

    rows = 'event'
    columns = ('machine', 'word', 'time')

    def make(self):
        self.hold = self.r.choice((None, 3600, 10800))
        self.profile.update(
            fields={'machineId': {'column': 'machine'},
                    'state': {'column': 'word'}, 'time': {'column': 'time'}},
            states=STATES, off=['off'], ignore=['note'])
        self.profile['time'] = {'formats': ['rfc3339']}
        if self.hold:
            self.profile['maxHold'] = '%ds' % self.hold
        self.close_at = None
        if self.chance(30):
            self.close_at = DAY * clock.DAY + self.r.randrange(90000)
            self.args = ['--close-at', clock.stamp(self.close_at)]
        self.made = {name: [] for name in self.names}   # (time, word, where)
        self.backwards = self.chance(30)
        self.make_rows()
        for name, events in self.made.items():
            self.expect(name, events)

    def make_rows(self):
        rows, at = [], DAY * clock.DAY
        for _ in range(self.r.randint(4, 80)):
            at += self.r.choice((0, 30, 600, 4000, 8000))
            word = self.r.choice(('dig', 'wait', 'drive', 'off', 'off',
                                  'note', 'nonsense') if self.chance(40)
                                 else ('dig', 'wait', 'drive', 'off'))
            time = clock.stamp(at)
            if not self.backwards and self.chance(5):
                time = 'soon'
            rows.append((self.r.choice(self.names), word, time))
        if self.backwards:
            self.r.shuffle(rows)
        for name, word, time in rows:
            where = self.row(name, word, time)
            at = None if time == 'soon' else clock.second(time)
            self.made[name].append((at, word, int(where.split(':')[1])))

    def count(self, events):
        """Codes of rows that are rejected; what remains, an edge where one
        that ends something is lost."""
        kept, before = [], None
        for at, word, line in events:
            if word == 'note':
                continue
            if word == 'nonsense':
                self.codes['unmapped-state'] += 1
            elif at is None:
                self.codes['bad-time'] += 1
            if at is not None:
                kept.append((at, word, line))
                before = at
            elif before is not None:
                self.codes['edge-lost'] += 1
                kept.append((before, 'nonsense', line))
        return kept

    def expect(self, name, events):
        at, periods = {}, []
        for time, word, line in self.count(events):
            at.setdefault(time, []).append((word, line))
        times = sorted(at)
        for time, after in zip(times, times[1:] + [None]):
            word, line = max(at[time], key=lambda e: (
                e[0] == 'nonsense', e[0] == 'off', e[1]))
            known = {w for w, _ in at[time] if w != 'nonsense'}
            if word == 'nonsense':
                continue
            self.codes['conflicting-reading'] += len(known - {word})
            if word == 'off':
                continue
            if after is None and self.close_at and self.close_at > time:
                after = self.close_at
            elif after is None:
                self.codes['open-end'] += 1
                continue
            elif after - time > (self.hold or clock.DAY):
                self.codes['silence'] += 1
                continue
            periods.append(Period(time, after, WORDS[word], False,
                                  '0.doc:%d' % line))
        self.wanted += [(name, p) for p in merged(periods)]


FORMS = (Periods, Totals, Events)


def check(rows, said, must):
    """Hold what was said of the rows to what must be."""
    if said.status not in (0, 1) or not said.rows:
        must('status', '%d: %s' % (said.status, said.err[-300:]), 'well')
        return
    basis = {None: None, True: 'estimated', False: 'derived'}
    got = [(r['machineId'], clock.second(r['startTime']),
            clock.second(r['endTime']), r['state'], r.get('basis'),
            r['source']) for r in said.records]
    wanted = [(name, p.start, p.end, p.state, basis[p.estimated], p.source)
              for name, p in rows.wanted]
    got.sort()
    wanted.sort()
    must('number of records', len(got), len(wanted))
    for g, w in zip(got, wanted):
        if g != w:
            must('record', g, w)
            break
    count = Tally(f['code'] for f in said.findings)
    for code in set(count).union(rows.codes) - {'no-period', 'no-record',
                                                'no-path'}:
        must(code, count[code], rows.codes[code])
    read, used, rejected, skipped = said.rows
    must('rows', read, used + rejected + skipped)
    must('lines', read, len(rows.cells) - 1)
