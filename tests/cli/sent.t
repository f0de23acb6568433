#!/bin/sh
# sent.t - what was sent, by machine, day, state and source.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# period MACHINE START END STATE LINE
period() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"2025-%s:00Z","endTime":"2025-%s:00Z",' "$2" "$3"
	printf '"state":"%s","source":"d, e.csv:%s"}\n' "$4" "$5"
}
# EX over midnight in Oslo, on the day clocks go forward there and the next.
{
	period EX 03-29T20:00 03-30T01:30 Working 9
	period EX 03-30T21:30 03-30T22:30 Idle 10
	period BÅ 03-30T00:00 03-31T00:00 Working 11
	period OLD 01-01T00:00 01-01T01:00 Idle 12
} >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/days"
up 0 201 "$tmp/days" >/dev/null
ask() {
	want=$1; shift
	status "$want" ditio-upload --ledger "$tmp/led" "$@"
}
# gives TEXT OPTION...: the answer, in CSV.
gives() {
	printf '%s\n' "$1" >"$tmp/wanted"; shift
	ask 0 --format csv "$@" && tr -d '\r' <"$tmp/out" | diff "$tmp/wanted" -
}

t 'hours by machine, day and state, in UTC' gives \
'machine,day,state,periods,hours,seconds
BÅ,2025-03-30,Working,1,24.00,86400
EX,2025-03-29,Working,1,4.00,14400
EX,2025-03-30,Idle,1,1.00,3600
EX,2025-03-30,Working,1,1.50,5400' --sent 2025-03-29..2025-03-30
t 'in a zone, a day of 23 hours' gives \
'day,machine,periods,hours,seconds
2025-03-29,EX,1,3.00,10800
2025-03-30,BÅ,1,22.00,79200
2025-03-30,EX,2,3.00,10800
2025-03-31,BÅ,1,2.00,7200
2025-03-31,EX,1,0.50,1800' --sent 2025-03-29..2025-03-31 --zone Europe/Oslo \
    --by day,machine
t 'one day, by source: lines are numbers' gives \
'source,periods,hours,seconds
"d, e.csv:9",1,1.50,5400
"d, e.csv:10",1,1.00,3600
"d, e.csv:11",1,24.00,86400' --sent 2025-03-30 --by source
t 'other words' gives \
'company,project,batch,periods,hours,seconds
c1,p1,'"$(jq -r 'select(.id).id' "$tmp/days")"',4,31.50,113400' \
    --sent 2025-01-01..2025-12-31 --by company,project,batch

table() {
	ask 0 --sent 2025-03-30 && says '3 periods, 26.50 h' &&
	    grep -q '^BÅ       2025-03-30  Working         1      24.00$' "$tmp/out"
}
t 'a table for people' table
json() {
	ask 0 --sent 2025-03-29..2025-03-30 --format json --target 127.0.0.1 &&
	    jq -e '.rows[1] == {machine: "EX", day: "2025-03-29",
		state: "Working", periods: 1, hours: 4, seconds: 14400} and
		.seconds == 109800 and .periods == 3 and .zone == "UTC" and
		.target == "127.0.0.1" and .undecidedBatches == 0' "$tmp/out"
}
t 'JSON for programs' json
none() { ask 0 --sent 2024-03-01 && says '0 periods' && test ! -s "$tmp/out"; }
t 'nothing on that day' none
t 'what is no range' ask 2 --sent 2025-03-30..
t 'a day that does not exist' ask 2 --sent 2025-02-30
t 'days that go backwards' ask 2 --sent 2025-03-30..2025-03-29
t 'a zone that does not exist' ask 2 --sent 2025-03-30 --zone Europe/Olso
t 'a word that is none' ask 2 --sent 2025-03-30 --by machine,hour
t 'a word twice' ask 2 --sent 2025-03-30 --by machine,machine
t 'a format that is none' ask 2 --sent 2025-03-30 --format xml
t 'a target that is not there' ask 2 --sent 2025-03-30 --target t
t 'files are not read' ask 2 --sent 2025-03-30 "$tmp/days"

held() {
	SCRIPTED_MARK=2026-01-16T00:00:00Z up 3 drop "$tmp/days" &&
	    ask 0 --sent 2025-03-30 && says '0 periods' &&
	    says 'not counted: 1 batch (31.50 h in all)'
}
t 'what may have been sent is not counted, and told' held
several() {
	sqlite3 "$tmp/led" "INSERT INTO target (name, url) VALUES ('u', '')" &&
	    ask 2 --sent 2025-03-30 && says 'one of 127.0.0.1, u' &&
	    ask 0 --sent 2025-03-30 --target u
}
t 'of several targets one must be named' several
done_testing
