# rules.jq - the schema of a rules file, out of the catalogue schemas/rules.json.

def words: { type: "array", items: { type: "string", minLength: 1 } };

def value:
	{
		length: { type: "string", pattern: "^[0-9]+(ms|s|m|h|d)" },
		time: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T" },
		count: { type: "integer", minimum: 1, maximum: 1000 },
		truth: { type: "boolean" },
		word: { enum: .words },
		words: (words + { minItems: 1 }),
		table: { type: "object", additionalProperties: words }
	}[.value] + { description: .line };

def severity:
	{ "$ref": (if .about == "line" then "#/$defs/ofLine" else "#/$defs/severity" end) };

def rule:
	{
		description: .line,
		oneOf: [
			severity,
			{
				type: "object",
				properties: ({ severity: severity }
					+ (.parameters | map({ (.name): value }) | add // {})),
				additionalProperties: false
			}
		]
	};

{
	"$schema": "https://json-schema.org/draft/2020-12/schema",
	"$id": "https://ditio-tools.invalid/schemas/rules.schema.json",
	title: "A file for ditio-validate --rules FILE",
	description: "A rule's code to its severity, or to its severity and parameters. The file may have comments.",
	type: "object",
	properties: ({ "$schema": { type: "string" } }
		+ (map({ (.code): rule }) | add)),
	additionalProperties: false,
	"$defs": {
		severity: { enum: ["off", "note", "warning", "error"] },
		ofLine: {
			description: "Of a line that is no record, which cannot go on.",
			enum: ["note", "warning", "error"]
		}
	}
}
