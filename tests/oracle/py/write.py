"""write.py - a random feed as the files that ditio-parse reads."""

import json
from collections import defaultdict

import clock

ELEMENT = {'operating': 'CumulativeOperatingHours',
           'idle': 'CumulativeIdleHours', 'moving': 'CumulativeMovingHours',
           'status': 'EngineStatus', 'place': 'Location'}
SERIES = {'status': 'EngineStatusMessages', 'place': 'LocationMessages'}
COLUMN = {'operating': 'operatingHours', 'idle': 'idleHours',
          'moving': 'movingHours', 'status': 'running'}
UNITS = {'h': 3600000, 'min': 60000, 's': 1000, 'ms': 1}
HEADER = ('machine', 'time', 'operating', 'idle', 'moving', 'status')
PLACES = 10 ** 7


def element(kind):
    return ELEMENT.get(kind, 'SwitchStatus')


def decimal(value, unit):
    """A length as a decimal number of units: exactly."""
    whole, rest = divmod(value, unit)
    return ('%d.%09d' % (whole, rest * 10 ** 9 // unit)).rstrip('0') \
        .rstrip('.')


def duration(value):
    """A length as ISO 8601 has it."""
    minutes, rest = divmod(value, 60000)
    days, hours = divmod(minutes // 60, 24)
    return 'P%sDT%dH%dM%sS' % (days, hours, minutes % 60,
                               decimal(rest, 1000))


class Writer:
    """Writes the documents of a feed, and tells where each reading is."""

    def __init__(self, feed, folder):
        self.feed, self.r, self.folder = feed, feed.r, folder
        self.where = []                 # (said, file, line), in any order
        self.rejected = 0               # rows that must be
        self.skipped = 0
        self.unit = self.r.choice(list(UNITS))
        self.iso = self.r.random() < .2
        self.names = []

    def path(self, name):
        return '%s/%s' % (self.folder, name)

    def time(self, at):
        """An instant, in one of the ways in which they come."""
        way = self.r.randrange(4)
        fraction = '.%03d' % (at % 1000) if at % 1000 or way == 1 else ''
        shift = {2: 2, 3: -4}.get(way, 0)
        text = clock.stamp(at // 1000 + shift * 3600)[:-1] + fraction
        return text + ({2: '+02:00', 3: '-04:00'}.get(way, 'Z'))

    def value(self, s):
        """Members of a section."""
        if s.kind == 'status':
            return {'Running': 'true' if s.value else 'false'}
        if s.kind == 'place':
            return {'Latitude': '%.7f' % s.value[0],
                    'Longitude': '%.7f' % s.value[1]}
        if s.kind in ELEMENT:
            return {'Hour': duration(s.value) if self.iso
                    else decimal(s.value, UNITS['h'])}
        return {'SwitchNumber': str(s.kind),
                'IsOn': 'true' if s.value else 'false'}

    def section(self, s):
        """Of XML."""
        inner = ''.join('<%s>%s</%s>' % (k, v, k)
                        for k, v in self.value(s).items())
        way = self.r.randrange(3)
        time = self.time(s.at)
        if way == 2:
            inner += '<datetime>%s</datetime>' % time
        return '<%s%s>%s</%s>' % (
            element(s.kind),
            ' %s="%s"' % (('datetime', 'dateTime')[way], time)
            if way < 2 else '', inner, element(s.kind))

    def header(self, name):
        members = {'OEMName': 'Takumi', 'EquipmentID': name}
        if self.feed.pins:
            members['PIN'] = 'P-' + name.rstrip('b')
        return members

    def equipment(self, name, sections):
        return '<Equipment><EquipmentHeader>%s</EquipmentHeader>%s' \
            '</Equipment>' % (''.join('<%s>%s</%s>' % (k, v, k) for k, v in
                                      self.header(name).items()), sections)

    def noise(self):
        """A machine that says nothing, or nonsense; rarely."""
        way = self.r.randrange(8)
        name = self.feed.ids[0][0]
        hours = '<CumulativeOperatingHours datetime="%s"><Hour>%s</Hour>' \
            '</CumulativeOperatingHours>'
        time = self.time(self.feed.start)
        if way == 0:
            return self.equipment(name, '')
        if way == 1:
            self.skipped += 1
            return self.equipment(name, hours % (time, 'N/A'))
        if way == 2:
            self.skipped += 1
            return self.equipment(name, hours % ('0001-01-01T00:00:00Z', 7))
        if way == 3:
            self.rejected += 1
            return self.equipment(name, hours % (time, '12,5x'))
        return None

    def json_section(self, s):
        members = {k: json.loads(v) if v in ('true', 'false') else
                   v if self.r.random() < .5 or self.iso and k == 'Hour'
                   else float(v) if '.' in v else int(v)
                   for k, v in self.value(s).items()}
        if self.r.random() < .3:
            members['@dateTime'] = s.at
        else:
            members['datetime'] = self.time(s.at)
        return json.dumps(members)

    def fleet(self, doc, all_said):
        lines = ['<Fleet%s>' % (
            '' if doc.snapshot < 0 else
            ' snapshotTime="%s"' % self.time(doc.snapshot))]
        for s in all_said:
            self.where.append((s, len(lines) + 1))
            lines.append(self.equipment(s.id, self.section(s)))
            extra = self.noise() if self.r.random() < .02 else None
            if extra:
                lines.append(extra)
        return lines + ['</Fleet>']

    def json_fleet(self, doc, all_said):
        lines = ['{"Fleet":{"Equipment":[']
        for i, s in enumerate(all_said):
            self.where.append((s, len(lines) + 1))
            lines.append('%s{"EquipmentHeader":%s,"%s":%s}' % (
                ',' if i else '', json.dumps(self.header(s.id)),
                element(s.kind), self.json_section(s)))
        tail = ']' if doc.snapshot < 0 else \
            '],"snapshotTime":"%s"' % self.time(doc.snapshot)
        return lines + [tail + '}}']

    def series(self, doc, all_said):
        name = SERIES.get(doc.kind, element(doc.kind) + 'Messages')
        link = '/Fleet/Equipment/ID/%s/x/1' % doc.machine
        if doc.json:
            lines = ['{"%s":{"Links":[{"rel":"self","href":"%s"}],"%s":['
                     % (name, link, element(doc.kind))]
            for i, s in enumerate(all_said):
                self.where.append((s, len(lines) + 1))
                lines.append((',' if i else '') + self.json_section(s))
            return lines + [']}}']
        lines = ['<%s>' % name,
                 '<Links><rel>self</rel><href>%s</href></Links>' % link]
        for s in all_said:
            self.where.append((s, len(lines) + 1))
            lines.append(self.section(s))
        return lines + ['</%s>' % name]

    def rows(self, all_said):
        """Readings as rows of CSV; those of one time may share one."""
        at = defaultdict(list)
        for s in all_said:
            at[s.id, s.at].append(s)
        lines = [','.join(HEADER)]
        for (name, time), some in at.items():
            while some:
                row = {'machine': name, 'time': self.local(time)}
                for s in list(some):
                    if s.kind not in row and self.r.random() < .8:
                        some.remove(s)
                        row[s.kind] = decimal(s.value, UNITS[self.unit]) \
                            if s.kind != 'status' else 'off on'.split()[
                                s.value]
                        self.where.append((s, len(lines) + 1))
                if len(row) == 2:
                    self.skipped += 1
                if self.r.random() < .02:
                    self.rejected += 1
                    lines.append('%s,%s,x,,,' % (name, row['time']))
                    self.where = [(s, n + 1 if n == len(lines) else n)
                                  for s, n in self.where]
                lines.append(','.join(row.get(k, '') for k in HEADER))
        return lines

    def local(self, at):
        shown = clock.stamp(clock.local(self.feed.setup.zone, at // 1000))
        return '%s.%s.%s %s' % (shown[8:10], shown[5:7], shown[:4],
                                shown[11:19])

    def write(self):
        """All files; returns ((said, file, line), ...)."""
        places = []
        for n, doc in enumerate(self.feed.docs):
            some = [s for s in self.feed.said if s.doc == n]
            self.where = []
            if doc.form == 'csv':
                lines = self.rows(some)
            elif doc.form == 'series':
                lines = self.series(doc, some)
            elif doc.json:
                lines = self.json_fleet(doc, some)
            else:
                lines = self.fleet(doc, some)
            name = '%d.doc' % n
            self.names.append(name)
            with open(self.path(name), 'w') as out:
                out.write('\n'.join(lines) + '\n')
            places += [(s, name, line) for s, line in self.where]
        with open(self.path('profile.json'), 'w') as out:
            json.dump(self.profile(), out)
        if self.feed.table:
            with open(self.path('machines.csv'), 'w') as out:
                out.write('\n'.join(self.table()) + '\n')
        return places

    def profile(self):
        s = self.feed.setup
        p = {'name': 'random', 'format': 'aemp', 'time': {'zone': s.zone}}
        if s.rows:
            fields = {COLUMN[k]: {'column': k, 'unit': self.unit}
                      for k in ('operating', 'idle', 'moving')}
            fields['running'] = {'column': 'status'}
            fields['machineId'] = {'column': 'machine'}
            fields['time'] = {'column': 'time'}
            p.update(format='csv', rows='reading', fields=fields)
            p['time'].update(formats=['%d.%m.%Y %H:%M:%S'], dst=s.dst)
        if s.placement == 'day':
            p['dayStart'] = '%02d:%02d' % divmod(s.day_start // 60, 60)
        elif s.placement:
            p['placement'] = s.placement
        for key, value, unit in (('resolution', s.resolution, 'ms'),
                                 ('maxPiece', s.piece, 'm'),
                                 ('maxHold', s.hold, 'm'),
                                 ('meterStep', s.step, 'ms'),
                                 ('engineStatus', s.status, '')):
            if value:
                p[key] = '%s%s' % (value, unit)
        if s.excludes:
            p['operatingIncludesIdle'] = False
        if s.switches:
            p['switches'] = {str(n): state for n, state in s.switches}
        if s.moves:
            p['movement'] = {k: v for k, v in (
                ('speed', s.speed), ('distance', s.distance)) if v}
        return p

    def table(self):
        yield 'sourceId,machineId,companyId,projectId,from,to'
        for i, ids in enumerate(self.feed.ids):
            for name in ids:
                if not self.feed.moves[i]:
                    yield '%s,%s,c,p1,,' % (name, ids[0])
                    continue
                until, since = map(clock.stamp, self.feed.moves[i])
                yield '%s,%s,c,p1,,%s' % (name, ids[0], until)
                yield '%s,%s,c,p2,%s,' % (name, ids[0], since)

    def args(self):
        s = self.feed.setup
        args = ['--profile', './profile.json']
        if not s.rows:
            args += ['--id-field', 'EquipmentID']
        if s.running:
            args += ['--running', s.running]
        if self.feed.table:
            args += ['--machines', 'machines.csv']
        else:
            args += ['--company', 'c', '--project', 'p1']
        if s.close_at is not None:
            args += ['--close-at', clock.stamp(s.close_at // 1000)]
        return args + self.r.sample(self.names, len(self.names))
