# schema.jq - what is wrong with . by the JSON schema $name; nothing if nothing.
#
# $schemas maps file names to schemas.  It knows the keywords below and no
# others: one it does not know is a fault, so that none is passed over.

def known: ["$schema", "$id", "$defs", "$ref", "title", "description", "type",
	"properties", "required", "additionalProperties", "items", "minItems",
	"enum", "const", "oneOf", "pattern", "minLength", "maxLength", "minimum",
	"maximum"];

# is_a(t): . is of the schema's type t.
def is_a($t):
	type == $t or ($t == "integer" and type == "number" and floor == .);

def faults($file; $s; $at):
	. as $v
	| if $s == true then empty
	elif $s == false then "\($at): not allowed"
	elif $s["$ref"] then
		($s["$ref"] / "#") as [$to, $path]
		| (if $to == "" then $file else $to end) as $to
		| ($schemas[0][$to] | getpath($path / "/" | .[1:])) as $s
		| if $s == null then "\($at): no such $ref in \($to): \($path)"
		else faults($to; $s; $at) end
	else
		($s | keys - known | .[] | "\($at): unknown keyword \(.)"),
		($s | select(.type) | .type as $t
			| $v | select(is_a($t) | not) | "\($at): not \($t)"),
		($s | select(has("const")) | select(.const != $v)
			| "\($at): not \(.const)"),
		($s | select(.enum) | select(.enum | index([$v]) == null)
			| "\($at): none of \(.enum)"),
		($s | select(.oneOf)
			| [.oneOf[] as $one | [$v | faults($file; $one; $at)]] as $all
			| select([$all[] | select(. == [])] | length != 1)
			| "\($at): not one of its kinds: \($all)"),
		if $v | type == "object" then
			($s.required // [] | .[] | select(. as $k | $v | has($k) | not)
				| "\($at): no \(.)"),
			($v | keys[] as $k | .[$k]
				| faults($file;
					$s | if has("properties") and (.properties | has($k))
						then .properties[$k]
						elif has("additionalProperties")
						then .additionalProperties
						else true end;
					"\($at).\($k)"))
		elif $v | type == "array" then
			($s | select(.minItems) | select($v | length < $s.minItems)
				| "\($at): fewer than \(.minItems)"),
			($s | select(.items) | .items as $each
				| $v | keys[] as $i | .[$i]
				| faults($file; $each; "\($at)[\($i)]"))
		elif $v | type == "string" then
			($s | select(.pattern) | .pattern as $p
				| $v | select(test($p) | not) | "\($at): \(.) is not \($p)"),
			($s | select(.minLength) | select($v | length < $s.minLength)
				| "\($at): too short"),
			($s | select(.maxLength) | select($v | length > $s.maxLength)
				| "\($at): too long")
		elif $v | type == "number" then
			($s | select(.minimum) | select($v < .minimum)
				| "\($at): less than \(.minimum)"),
			($s | select(.maximum) | select($v > .maximum)
				| "\($at): more than \(.maximum)")
		else empty end
	end;

faults($name; $schemas[0][$name]; "line \(input_line_number)")
