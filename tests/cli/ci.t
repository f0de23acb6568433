#!/bin/sh
# ci.t - what CI, pre-commit and the cookbook do, as far as it goes without
# their services: the very lines of their files are run here.
. "$SRCDIR/tests/lib.sh"
LC_ALL=C.UTF-8; export LC_ALL
unset GITHUB_STEP_SUMMARY GITHUB_OUTPUT GITHUB_PATH
bash=$(command -v bash)

has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
lacks() { ! grep -F -- "$1" "$2"; }

# step FILE KEY: the block of lines that KEY begins in a YAML file.
step() {
	awk -v key="$2" '
	on { match($0, /[^ ]|$/) }
	on == 1 { depth = RSTART; on = 2 }
	on && RSTART < depth && NF > 0 { exit }
	on { print substr($0, depth) }
	index($0, key) && !on { on = 1 }' "$1"
}
# page MARK: the block of the cookbook that has it, as it is read.
page() {
	awk -v mark="$1" '
	/^\.\\" / && substr($0, 5) == mark { on = 1; getline; next }
	on && /^\.Ed/ { exit }
	on { sub(/^\\&/, ""); gsub(/\\e/, "\\"); print }' \
	    "$SRCDIR/src/ditio-cookbook.7"
}

# A repository with a vendor's file of eight lines, well at first.
repo="$tmp/a repo"
mkdir -p "$repo/data of ours" && cd "$repo" || exit 1
row() { echo "$1;$2;03.02.2025;$3;$4"; }
{
	echo Timeliste; echo 'skrevet ut 03.02.2025'
	echo 'Maskin;Status;Dato;Fra;Timer'
	row EX-1 Arbeid 07:00 1
	row EX-1 Tomgang 08:00 0,5
	row EX-1 Arbeid 08:30 1
	row EX-1 Graving 09:30 1,5
	row EX-1 Arbeid 11:00 1
} >'data of ours/acme.csv'
cp "$SRCDIR/samples/profiles/norwegian-timesheet.json" acme.json
PARSE='--profile ./acme.json --company c1 --project p1'
FILES='*/acme.csv'
VALIDATE='--now 2025-06-01T00:00:00Z'
export PARSE FILES VALIDATE

# GitHub: the second step of the action, as the runner starts it.
step "$SRCDIR/action.yml" 'run: |' >"$tmp/build.sh"
awk '/id: validate/ { on = 1 } on' "$SRCDIR/action.yml" >"$tmp/second"
step "$tmp/second" 'run: |' >"$tmp/validate.sh"
t 'the action has both its steps' sh -c "grep -q bootstrap '$tmp/build.sh' && grep -q 'ditio-parse' '$tmp/validate.sh'"
t '... and puts no input into a script' lacks '${{' "$tmp/validate.sh"
RUNNER_TEMP=$tmp/runner GITHUB_OUTPUT=$tmp/output GITHUB_STEP_SUMMARY=$tmp/step
export RUNNER_TEMP
mkdir "$RUNNER_TEMP"
action() {
	: >"$GITHUB_OUTPUT"; : >"$GITHUB_STEP_SUMMARY"
	want=$1
	GITHUB_OUTPUT=$GITHUB_OUTPUT GITHUB_STEP_SUMMARY=$GITHUB_STEP_SUMMARY \
	    "$bash" --noprofile --norc -eo pipefail "$tmp/validate.sh" \
	    >"$tmp/out" 2>"$tmp/err" && got=0 || got=$?
	test "$got" -eq "$want" || { echo "exit $got"; cat "$tmp/err"; return 1; }
}
t 'action: a file without faults passes' action 0
t '... with no annotation' test ! -s "$tmp/out"
t '... and a summary' has '### ditio-validate: ok' "$tmp/step"

# GitLab: the script of the job, under the shell it has there.
step "$SRCDIR/samples/ci/gitlab.yml" '- |' >"$tmp/gitlab.sh"
gitlab() { status "$1" "$bash" -eo pipefail "$tmp/gitlab.sh"; }
t 'gitlab: a file without faults passes' gitlab 0
t '... with an empty list' sh -c "test \"\$(jq -c . gl-code-quality-report.json)\" = '[]'"

# The hook, as pre-commit starts it.
hook() { want=$1; shift; status "$want" "$SRCDIR/samples/ci/pre-commit" $PARSE -- "$@"; }
t 'pre-commit: a file without faults passes' hook 0 'data of ours/acme.csv'
entry=$(sed -n 's/^  entry: //p' "$SRCDIR/.pre-commit-hooks.yaml")
t '... the hook is where its description says' test -x "$SRCDIR/$entry"

# Line 7 is changed, and it alone.
commit() { git -c user.name=n -c user.email=e@example.com "$@"; }
if command -v git >/dev/null; then
	commit init -q . && commit add acme.json data* && commit commit -qm first
fi
sed -i '7s/09:30/09:15/' 'data of ours/acme.csv'
if command -v git >/dev/null; then
	changed() { commit diff -U0 | grep -q '^@@ -7 +7 @@'; }
	t 'line 7 of a file in a repository is changed' changed
fi
t 'action: the change fails' action 1
t '... with an annotation at that file and line' \
	has '::error file=data of ours/acme.csv,line=7,title=overlap::EX-1 Working' "$tmp/out"
t '... and no other' sh -c "test \$(wc -l <'$tmp/out') -eq 1"
sarif() { sed -n 's/^sarif=//p' "$tmp/output"; }
places() { jq -c '[.runs[].results[] | [.ruleId, (.locations[0].physicalLocation | .artifactLocation.uri, .region.startLine)]]' "$(sarif)"; }
in_sarif() { test "$(places)" = '[["overlap","data%20of%20ours/acme.csv",7]]' || { places; return 1; }; }
t '... SARIF points to that file and line' in_sarif
t 'gitlab: the change fails' gitlab 1
t '... code quality points to that file and line' sh -c "jq -e '
	length == 1 and .[0].location == { path: \"data of ours/acme.csv\", lines: { begin: 7 } }
	and .[0].severity == \"major\" and (.[0].fingerprint | test(\"^[0-9a-f]{32}:1\$\"))' \
	gl-code-quality-report.json"
t '... JUnit XML is valid' xmllint --noout --schema "$SRCDIR/tests/cli/junit.xsd" ditio-junit.xml
cp gl-code-quality-report.json "$tmp/gl"
t 'pre-commit: the change fails' hook 1 'data of ours/acme.csv'
t '... and says where' has 'data of ours/acme.csv:7: error: EX-1 Working' "$tmp/err"

# The cookbook, on the findings that the job left.
for name in gitlab rdjsonl table machines; do
	page "recipe: $name" >"$tmp/recipe-$name"
	t "recipe $name: runs" sh -eu "$tmp/recipe-$name"
done
t 'recipe gitlab: is what the job does' cmp "$tmp/gl" gl-code-quality-report.json
t 'recipe rdjsonl: points to that file and line' sh -c "jq -se '
	length == 1 and .[0].location == { path: \"data of ours/acme.csv\", range: { start: { line: 7 } } }
	and .[0].severity == \"ERROR\" and .[0].code.value == \"overlap\"' findings.rdjsonl"
t 'recipe table: has the rule and its hours' has '| overlap | error | 1 | 0.25 |' findings.md
t 'recipe machines: has the machine and its hours' has "$(printf 'p1\tEX-1\t1\t0.25')" machines.tsv
# Two that are alike, one without a place, one that is known.
{
	head -n 1 findings.ndjson; head -n 1 findings.ndjson
	printf '{"tool":"t","code":"c","severity":"note","message":"m","fingerprint":"%032d"}\n' 7
	printf '{"tool":"t","file":"././x","code":"c","severity":"note","message":"m","fingerprint":"%032d"}\n' 8
	head -n 1 findings.ndjson | sed 's/"fate"/"known":true,"fate"/'
} >"$tmp/more" && mv "$tmp/more" findings.ndjson
t 'recipes: again' sh -eu -c ". '$tmp/recipe-gitlab'; . '$tmp/recipe-rdjsonl'"
t 'recipe gitlab: no two fingerprints are the same' sh -c "jq -e '
	length == 3 and ([.[].fingerprint] | unique | length == 3)
	and ([.[].location.path] | unique == [\"data of ours/acme.csv\", \"x\"])' gl-code-quality-report.json"
t 'recipe rdjsonl: no line where there is none' sh -c "jq -se '
	length == 3 and .[2].location == { path: \"x\" }' findings.rdjsonl"
for f in github-workflow.yml gitlab-ci.yml pre-commit-config.yaml; do
	page "sample: $f" >"$tmp/sample"
	t "the page has $f" cmp "$SRCDIR/samples/ci/$f" "$tmp/sample"
done

# What is known passes everywhere; a row that does not parse fails.
jq -nc '{ ditioBaseline: 1 }' >ditio-baseline.ndjson
t 'pre-commit: an empty baseline' hook 1 'data of ours/acme.csv'
status 1 ditio-validate --write-baseline ditio-baseline.ndjson --rejects /dev/null <<. || :
$(ditio-parse -q $PARSE 'data of ours/acme.csv')
.
t 'pre-commit: a baseline' hook 0 'data of ours/acme.csv'
VALIDATE="$VALIDATE --baseline ditio-baseline.ndjson"
t 'action: a baseline' action 0
t 'gitlab: a baseline' gitlab 0
echo '{ "overlap": "off" }' >ditio-rules.json && rm ditio-baseline.ndjson
t 'pre-commit: rules' hook 0 'data of ours/acme.csv'
VALIDATE='--rules ditio-rules.json'
sed -i '5s/08:00/8 am/' 'data of ours/acme.csv'
t 'action: a row that does not parse fails' action 1
t '... at its file and line' has '::error file=data of ours/acme.csv,line=5,title=bad-time::' "$tmp/out"
t 'gitlab: fails, too' gitlab 1
t 'pre-commit: fails, too' hook 1 'data of ours/acme.csv'
FILES=none.csv
t 'action: a file that is missing' action 2
t 'gitlab: a file that is missing' gitlab 2
t 'pre-commit: a file that is missing' hook 2 none.csv
VALIDATE='--nonsense'
t 'action: an option that is none' action 2

# A pull request: two files that are wrong, of which one was changed.
if command -v git >/dev/null; then
	mkdir -p pr/data pr/profiles && cd pr && commit init -q .
	cp ../acme.json profiles/acme.json
	for i in 1 2; do
		printf '%s\n' a b 'Maskin;Status;Dato;Fra;Timer' \
		    "EX-$i;Arbeid;03.02.2025;07:00;1" \
		    "EX-$i;Tomgang;03.02.2025;07:30;1" >"data/$i of æ.csv"
	done
	commit add . && commit commit -qm first
	page 'recipe: changed' >"$tmp/changed.sh"
	base=HEAD; export base
	t 'recipe changed: nothing did' status 0 sh -eu "$tmp/changed.sh"
	sed -i 's/07:30/07:45/' 'data/2 of æ.csv'
	t 'recipe changed: a file did' status 1 sh -eu "$tmp/changed.sh"
	t '... and is told of' has 'data/2 of æ.csv:5: error: EX-2 Idle' "$tmp/err"
	t '... and no other' lacks 'data/1 of' "$tmp/err"
	rm 'data/2 of æ.csv'
	t 'recipe changed: a file went' status 0 sh -eu "$tmp/changed.sh"
fi
done_testing
