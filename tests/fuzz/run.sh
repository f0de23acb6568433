#!/usr/bin/env bash
# run.sh - fuzz the filters for $FUZZ_MINUTES a target, two targets at a time.
# Arguments: the targets (none: all).  Builds are in $BUILDDIR, results in
# $RESULTS/TARGET/default/{crashes,hangs,queue}; a result there is a failure.
set -eu
fuzz=$SRCDIR/tests/fuzz samples=$SRCDIR/samples
minutes=${FUZZ_MINUTES:-60}

all='csv events xlsx xml json records aemp draft profile machines stream'

# What a target runs, and its seeds.
command_of() {
	local parse=$BUILDDIR/tests/fuzz/fuzz-parse
	local ids='--company c --project p'

	case $1 in
	csv) echo "$parse --profile $fuzz/csv.json $ids @@" ;;
	events) echo "$parse --profile $fuzz/events.json $ids @@" ;;
	xlsx) echo "$parse --profile $samples/profiles/excel-timesheet.json $ids @@" ;;
	xml) echo "$parse --profile $samples/profiles/site-report.json $ids @@" ;;
	json) echo "$parse --profile $samples/profiles/usage-log.json $ids @@" ;;
	records) echo "$parse --format records $ids @@" ;;
	aemp) echo "$parse --format aemp --running Working $ids @@" ;;
	draft) echo "$parse --draft-profile @@" ;;
	profile) echo "$parse --check-profile @@" ;;
	machines)
		echo "$parse --profile $fuzz/csv.json --machines @@" \
			"$fuzz/seeds/csv.csv"
		;;
	stream) echo "$BUILDDIR/tests/fuzz/fuzz-validate @@" ;;
	*)
		echo "run.sh: no such target: $1; there are: $all" >&2
		exit 2
		;;
	esac
}

seeds_of() {
	case $1 in
	csv | draft) ls "$fuzz"/seeds/csv.csv "$samples"/*-csv-*.csv ;;
	events) ls "$fuzz"/seeds/events.csv "$samples"/*-csv-*event*.csv ;;
	xlsx) ls "$fuzz"/seeds/stored.xlsx "$samples"/*-xlsx-*.xlsx ;;
	xml) ls "$samples"/*-xml-*.xml ;;
	json) ls "$samples"/*-json-*.json ;;
	records) ls "$samples"/*-records-*.json ;;
	aemp) ls "$samples"/*-aemp-*.xml "$samples"/*-aemp-*.json ;;
	profile) ls "$samples"/profiles/*.json ;;
	machines) ls "$fuzz"/seeds/machines*.csv "$samples"/machines.csv ;;
	stream) ls "$samples"/good-*.expect ;;
	esac 2>/dev/null
}

fuzz_one() {
	local target=$1 out=$RESULTS/$1 seeds=$RESULTS/$1.seeds run

	rm -rf "$out" "$seeds"
	mkdir -p "$seeds"
	seeds_of "$target" | while read -r f; do cp "$f" "$seeds"; done
	run=$(command_of "$target")
	# shellcheck disable=SC2086 # words of the command
	afl-fuzz -i "$seeds" -o "$out" -V $((minutes * 60)) -m none -t 5000 \
		-- $run >"$out.log" 2>&1 || {
		tail -20 "$out.log" >&2
		echo "$target: afl-fuzz failed" >&2
		return 1
	}
}

# Looking for leaks takes longer than the run: only what reached new code is
# looked at.
leaks_of() {
	local run f leaks=0 status

	run=$(command_of "$1")
	for f in "$RESULTS/$1"/default/queue/id:*; do
		status=0
		ASAN_OPTIONS=detect_leaks=1:exitcode=23 ${run//@@/"$f"} \
			2>"$RESULTS/$1.leak" || status=$?
		test "$status" -ne 23 || {
			echo "$1: leaks with $f" >&2
			leaks=$((leaks + 1))
		}
	done
	return $((leaks > 0))
}

export AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1
export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
export ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0:allocator_may_return_null=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1

test $# -gt 0 || set -- $all
mkdir -p "$RESULTS"
for target; do
	command_of "$target" >/dev/null
done
targets=$*
failed=0
while test $# -gt 0; do
	fuzz_one "$1" &
	if test $# -gt 1; then
		fuzz_one "$2" || failed=1
		shift
	fi
	wait $! || failed=1
	shift
done
for target in $targets; do
	leaks_of "$target" || failed=1
	awk -v target="$target" -F ' *: ' '
		{ v[$1] = $2 }
		END {
			printf "%-10s %9d runs %5d paths %3d crashes %3d hangs\n",
				target, v["execs_done"], v["corpus_count"],
				v["saved_crashes"], v["saved_hangs"]
			exit v["saved_crashes"] + v["saved_hangs"] > 0
		}' "$RESULTS/$target/default/fuzzer_stats" || failed=1
done
exit "$failed"
