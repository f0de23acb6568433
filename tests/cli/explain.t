#!/bin/sh
# explain.t - --explain: which lines gave a machine's periods, by which rule.
. "$SRCDIR/tests/lib.sh"
cd "$SRCDIR/samples" || exit 1

x() { want=$1; shift; status "$want" ditio-parse -q --rejects "$tmp/rejects" --explain "$@"; }
tells() { printf '%s\n' "$@" | diff - "$tmp/out"; }
says() { grep -qF -- "$1" "$tmp/out" || { cat "$tmp/out"; return 1; }; }

t 'a row' x 0 EX-001@2025-01-15T08:50:00Z --format csv good-csv-own.csv
t 'is told with its line' tells \
	'EX-001 2025-01-15T08:45:00Z to 2025-01-15T09:00:00Z Idle' \
	"  good-csv-own.csv:3: the row, in which 'Idle' is mapped to the state: c1,p1,EX-001,2025-01-15T09:45:00+01:00,2025-01-15T09:00:00Z,Idle" \
	'  company c1, project p1: the row'
t 'events' x 0 L-2@2025-03-01T10:40:00Z --profile profiles/engine-events.json --company c --project p good-csv-events.csv
t 'are told, with what ends them' tells \
	'L-2 2025-03-01T10:30:00Z to 2025-03-01T11:00:00Z Idle, derived' \
	'  good-csv-events.csv:7: an event: in this state from now on' \
	'  good-csv-events.csv:3: an event: off from now on' \
	'  company c, project p: --company and --project'
t 'counters' x 0 7001 --format aemp --company c --project p good-aemp-counters.xml
t 'are told, with both readings' says \
	'  good-aemp-counters.xml:28: operating hours: 0.20 more at 2025-05-06T08:15:00Z than at 2025-05-06T08:00:00Z (line 11)'
t 'and the rule' says '  rule: working is what idle and moving leave of the hours'
t 'one by one' sh -c "test \$(grep -c '^7001 ' '$tmp/out') -eq 3"
t 'engine status' x 0 '40 817' --format aemp --running Working --company c --project p good-aemp-engine-series.xml
t 'is told' says 'engine status: on from 2025-05-06T06:02:11Z'
t 'with what says the state' says '  rule: the engine ran; --running says what that is'

# shellcheck disable=SC2046 # a list of options
t 'totals' x 0 L-12 $(cat good-csv-day-totals.args) good-csv-day-totals.csv
t 'are told as such' says "  good-csv-day-totals.csv:4: the row's total of "

# Tables.
t "Ditio's id" x 0 EX-701@2025-05-06T08:06:00Z --format aemp --machines machines.csv good-aemp-counters.xml
t 'is a name as well' says 'EX-701 2025-05-06T08:05:00Z to 2025-05-06T08:09:00Z Working, derived'
t 'the table is told' says '  machine: line 3 of the machine table'
t 'with all it says' says '  company c1, project p2: the same line'
printf 'sourceProject,companyId,projectId\np1,c7,p7\n' >"$tmp/projects"
t 'a project' x 0 EX-001@2025-01-15T08:00:00Z --format csv --projects "$tmp/projects" good-csv-own.csv
t 'is told, too' says '  company c7, project p7: line 2 of the project table'

printf 'companyId,projectId,machineId,startTime,endTime,state\nc,p,A,2025-01-15T08:00:00.1Z,2025-01-15T08:00:00.2Z,Idle\nc,p,A,2025-01-15T08:00:00Z,2025-01-15T09:00:00Z,Idle\n' >"$tmp/in.csv"
t 'a row that gives nothing' x 1 A --format csv "$tmp/in.csv"
t 'is no reason of the next' sh -c "! grep in.csv:2: '$tmp/out'"

# Nothing to tell.
said() { grep -qF -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
t 'a machine that is not there' x 1 EX-9 --format csv good-csv-own.csv
t 'is said' said "there is no period of 'EX-9'"
t 'a time without a period' x 1 L-2@2025-03-01T12:00:00Z --profile profiles/engine-events.json --company c --project p good-csv-events.csv
t 'names its neighbours' said 'the one before ends 2025-03-01T11:00:00Z, the one after begins never'
t 'no stream comes' test ! -s "$tmp/out"
printf 'companyId,projectId,machineId,startTime,endTime,state\nc,p,a@b,2025-01-15T08:00:00Z,2025-01-15T09:00:00Z,Idle\n' >"$tmp/in.csv"
t 'an id with an @' x 0 a@b --format csv "$tmp/in.csv"
t 'is one' says 'a@b 2025-01-15T08:00:00Z'
done_testing
