# shellcheck shell=sh
# tools.sh - the filters called alike, and good food for each.  Source it after
# lib.sh and data.sh.

# make_food: what food names, 2000 rows of each.
make_food() {
	vendor_profile "$tmp/profile.json"
	vendor_rows 2000 4 >"$tmp/dump.csv"
	ditio-parse -q --profile "$tmp/profile.json" --company c1 \
	    --project p1 "$tmp/dump.csv" >"$tmp/stream"
	ditio-split -q "$tmp/stream" >"$tmp/batches"
	engine_series 2000 >"$tmp/feed.xml"
	xml_profile "$tmp/xml.json"
	xml_rows <"$tmp/dump.csv" >"$tmp/dump.xml"
	json_profile "$tmp/json.json"
	json_rows <"$tmp/dump.csv" >"$tmp/dump.json"
}

# engine_series N: a time series of N engine states, a line each from line 3.
engine_series() {
	echo '<EngineStatusMessages>'
	echo '<Links><rel>self</rel><href>/Fleet/Equipment/ID/EX-1/EngineCondition/1</href></Links>'
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++) {
			printf "<EngineStatus datetime=\"2025-01-%02dT%02d:%02d:00Z\">", \
			    1 + int(i / 96), int(i / 4) % 24, i % 4 * 15
			printf "<Running>%s</Running></EngineStatus>\n", \
			    i % 2 ? "false" : "true"
		}
	}'
	echo '</EngineStatusMessages>'
}

# run TOOL FILE...: the tool on files, so that all may be treated alike.
run() {
	tool=$1; shift
	case $tool in
	parse)
		ditio-parse --profile "$tmp/profile.json" --company c1 \
		    --project p1 "$@" ;;
	xml | json)
		ditio-parse --profile "$tmp/$tool.json" --company c1 \
		    --project p1 "$@" ;;
	aemp)
		ditio-parse --format aemp --running Working --company c1 \
		    --project p1 "$@" ;;
	records) ditio-parse --format records "$@" ;;
	validate) ditio-validate "$@" ;;
	sorted) ditio-validate --sorted "$@" ;;
	split) ditio-split "$@" ;;
	upload) ditio-upload --dry-run --ledger "$tmp/ledger" \
	    --base http://127.0.0.1:9 --identity-base http://127.0.0.1:9 "$@" ;;
	esac
}

program() {
	case $1 in
	aemp | xml | json | records) echo ditio-parse ;;
	sorted) echo ditio-validate ;;
	*) echo "ditio-$1" ;;
	esac
}

# food TOOL: a good file for it.
food() {
	case $1 in
	parse) echo "$tmp/dump.csv" ;;
	aemp) echo "$tmp/feed.xml" ;;
	xml | json) echo "$tmp/dump.$1" ;;
	upload) echo "$tmp/batches" ;;
	*) echo "$tmp/stream" ;;
	esac
}

# says WORDS: the last status call printed them on stderr.
says() { grep -q -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }

# refuses TOOL FILE: status 2 and the file's name.
refuses() { status 2 run "$1" "$2" && says "$(basename "$2")"; }
