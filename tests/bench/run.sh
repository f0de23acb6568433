#!/bin/sh
# run.sh - make bench: data, a plan of commands, and what they took.
set -eu
rows=${BENCH_ROWS:-5000000}
runs=${BENCH_RUNS:-5}
seed=${BENCH_SEED:-1}
machines=1000
tenth=$((rows / 10))
delivered=$((rows / 25))

dir=$(mktemp -d "${TMPDIR:-/tmp}/ditio-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir"

cat >profile.json <<'END'
{
  "name": "bench", "title": "What tests/bench/make writes",
  "format": "csv", "rows": "period",
  "time": { "formats": ["%Y-%m-%d %H:%M:%S"], "zone": "Europe/Oslo",
            "dst": "earlier" },
  "fields": { "machineId": { "column": "machine" },
              "state": { "column": "status" },
              "startTime": { "column": "from" },
              "endTime": { "column": "to" } },
  "states": { "Working": ["work"], "Idle": ["idle"], "Moving": ["move"] }
}
END
cat >paths-xml.json <<'END'
{
  "name": "bench-xml", "title": "The series, by paths",
  "format": "xml", "rows": "event",
  "record": "/EngineStatusMessages/EngineStatus",
  "time": { "formats": ["rfc3339"] },
  "fields": { "machineId": { "const": "EX-1" },
              "state": { "path": "Running" },
              "time": { "path": "@datetime" } },
  "states": { "Working": ["true"] }, "off": ["false"]
}
END
cat >paths-json.json <<'END'
{
  "name": "bench-json", "title": "The stream, by paths",
  "format": "json", "rows": "period", "record": "/",
  "time": { "formats": ["rfc3339"] },
  "fields": { "machineId": { "path": "machineId" },
              "state": { "path": "state" },
              "startTime": { "path": "startTime" },
              "endTime": { "path": "endTime" } },
  "states": { "Working": ["Working"], "Idle": ["Idle"],
              "Moving": ["Moving"] }
}
END
parse='ditio-parse -q --profile profile.json --company c1 --project p1'
aemp='ditio-parse -q --format aemp --machine EX-1 --running Working
	--company c1 --project p1'
aemp=$(echo $aemp)

bare=$BUILDDIR/tests/bench/bare
made=$BUILDDIR/tests/bench/make
chain="$parse rows.csv | ditio-validate -q | ditio-split -q"
export BENCH_ONLY="${BENCH_ONLY-}"
awk -F'|' '$1 ~ ENVIRON["BENCH_ONLY"]' >plan <<END
cat rows.csv||$rows|rows.csv|cat rows.csv >/dev/null
libcsv alone||$rows|rows.csv|$bare libcsv <rows.csv >/dev/null
ditio-parse csv|libcsv alone|$rows|rows.csv|$parse rows.csv >/dev/null
ditio-parse csv, a tenth|ditio-parse csv|$tenth|tenth.csv|$parse tenth.csv >/dev/null
libcsv alone, quoted||$rows|quoted.csv|$bare libcsv <quoted.csv >/dev/null
ditio-parse csv, quoted|libcsv alone, quoted|$rows|quoted.csv|$parse quoted.csv >/dev/null
libcsv alone, careful||$rows|careful.csv|$bare libcsv <careful.csv >/dev/null
ditio-parse csv, careful|libcsv alone, careful|$rows|careful.csv|$parse careful.csv >/dev/null
cat series.xml||$rows|series.xml|cat series.xml >/dev/null
libxml2 SAX2 alone||$rows|series.xml|$bare libxml2 <series.xml >/dev/null
ditio-parse aemp|libxml2 SAX2 alone|$rows|series.xml|$aemp series.xml >/dev/null
ditio-parse xml, by paths|libxml2 SAX2 alone|$rows|series.xml|ditio-parse -q --profile paths-xml.json --company c1 --project p1 series.xml >/dev/null
ditio-parse json, by paths, a tenth|yajl alone|$tenth|tenth.lines|ditio-parse -q --profile paths-json.json --company c1 --project p1 tenth.lines >/dev/null
cat stream||$rows|stream|cat stream >/dev/null
yajl alone||$rows|stream|$bare yajl <stream >/dev/null
ditio-validate --sorted|yajl alone|$rows|stream|ditio-validate -q --sorted stream >/dev/null
ditio-validate --sorted, a tenth|ditio-validate --sorted|$tenth|tenth.stream|ditio-validate -q --sorted tenth.stream >/dev/null
ditio-validate|yajl alone|$rows|stream|ditio-validate -q stream >/dev/null
sort||$rows|stream|LC_ALL=C sort -S 64M stream >/dev/null
ditio-validate --memory 64M|sort|$rows|stream|ditio-validate -q --memory 64M stream >/dev/null
ditio-split|yajl alone|$rows|ordered|ditio-split -q ordered >/dev/null
parse, validate, split|cat, cat, cat|$rows|rows.csv|$chain >/dev/null
cat, cat, cat||$rows|stream|cat stream | cat | cat >/dev/null
the chain into the sandbox||$delivered|delivered.csv|rm -rf ledger* store*; ditio-sandbox -q --store store -- sh -c '$parse delivered.csv | ditio-validate -q | ditio-split -q | ditio-upload -q --settle 1s --ledger ledger'
END
if [ ! -s plan ]; then
	echo "BENCH_ONLY: no command is called like '$BENCH_ONLY'" >&2
	exit 2
fi

echo "$rows rows of $machines machines, seed $seed, in $dir" >&2
# Only what a command of the plan reads; what is made of others comes after.
wants() { cut -d'|' -f5- plan | grep -q -e "$1"; }
"$made" csv "$rows" $machines "$seed" >rows.csv
head -n $((tenth + 1)) rows.csv >tenth.csv
head -n $((delivered + 1)) rows.csv >delivered.csv
if wants quoted.csv; then
	"$made" quoted "$rows" $machines "$seed" >quoted.csv
fi
if wants careful.csv; then
	"$made" careful "$rows" $machines "$seed" >careful.csv
fi
if wants series.xml; then
	"$made" xml "$rows" 1 "$seed" >series.xml
fi
if wants 'stream\|tenth.lines\|ordered'; then
	$parse rows.csv >stream
	$parse tenth.csv >tenth.stream
	sed 1d tenth.stream | sed '$d' >tenth.lines
	ditio-validate -q --rule too-long=off --rule overlap=off stream \
		>ordered || true
fi
"$BUILDDIR/tests/bench/bench" "$runs" <plan
