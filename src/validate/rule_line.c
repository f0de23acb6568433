/* rule_line.c - lines that are no records: the codes of record/stream.h. */

#include "config.h"

#include "validate/rule_line.h"

#define LOST "What such a line meant is lost to every filter after this one."

const struct rule rule_line[RULE_COUNT - RULE_LINES] = {
	{
	    .code = "bad-utf8",
	    .severity = SEVERITY_ERROR,
	    .line = "a line that is not UTF-8",
	    .reason = LOST,
	    .remedy = "Say the file's real encoding where it is parsed.",
	    .example = "a name with a byte of Latin-1",
	    .options = "",
	},
	{
	    .code = "bad-json",
	    .severity = SEVERITY_ERROR,
	    .line = "a line that is not JSON",
	    .reason = LOST,
	    .remedy = "Give one JSON object a line; jq -c writes so.",
	    .example = "EX-1;Idle;08:00;09:00",
	    .options = "",
	},
	{
	    .code = "duplicate-key",
	    .severity = SEVERITY_ERROR,
	    .line = "a line with the same key twice",
	    .reason = "Programs disagree on which of the two counts.",
	    .remedy = "Leave one of them out.",
	    .example = "{\"state\":\"Idle\",\"state\":\"Working\"}",
	    .options = "",
	},
	{
	    .code = "bad-escape",
	    .severity = SEVERITY_ERROR,
	    .line = "a line with half of a surrogate pair, or a NUL",
	    .reason = "It stands for no character that a name may hold.",
	    .remedy = "Write the character itself, as UTF-8.",
	    .example = "{\"state\":\"\\ud800\"}",
	    .options = "",
	},
	{
	    .code = "too-deep",
	    .severity = SEVERITY_ERROR,
	    .line = "a line nested too deep",
	    .reason = LOST,
	    .remedy = "A record is one object of texts.",
	    .example = "64 lists, each in another",
	    .options = "",
	},
	{
	    .code = "too-long-line",
	    .severity = SEVERITY_ERROR,
	    .line = "a line longer than 1 MiB",
	    .reason = LOST,
	    .remedy = "Give one object a line; was a newline lost?",
	    .example = "a file whose newlines were taken out",
	    .options = "",
	},
	{
	    .code = "unknown-key",
	    .severity = SEVERITY_ERROR,
	    .line = "a record with a key that records do not have",
	    .reason = "It may be a known key misspelt.",
	    .remedy = "Take it out; jq del(.key) does.",
	    .example = "{\"speed\":\"3\"}",
	    .options = "",
	},
	{
	    .code = "missing-key",
	    .severity = SEVERITY_ERROR,
	    .line = "a record without one of the six keys it needs",
	    .reason = "Without it the period cannot be delivered.",
	    .remedy = "Add it where the stream is made.",
	    .example = "{\"machineId\":\"EX-1\",\"state\":\"Idle\"}",
	    .options = "",
	},
	{
	    .code = "bad-type",
	    .severity = SEVERITY_ERROR,
	    .line = "a value that is not text, or a basis that is none",
	    .reason = LOST,
	    .remedy = "All values are texts between quotes.",
	    .example = "{\"companyId\":1}",
	    .options = "",
	},
	{
	    .code = "bad-time",
	    .severity = SEVERITY_ERROR,
	    .line = "a time that is not like 2025-01-15T08:00:00Z",
	    .reason = "Record order is byte order only in this form.",
	    .remedy = "Write UTC, whole seconds, with Z.",
	    .example = "{\"companyId\":\"c1\",\"projectId\":\"p1\","
		       "\"machineId\":\"EX-1\",\"startTime\":\"2025-01-15 "
		       "08:00\",\"endTime\":\"2025-01-15T09:00:00Z\",\"state\":"
		       "\"Idle\"}",
	    .options = "",
	},
	{
	    .code = "empty-id",
	    .severity = SEVERITY_ERROR,
	    .line = "an empty company, project, machine or state",
	    .reason = "An empty name names nothing.",
	    .remedy = "Map the vendor's id in the machine table.",
	    .example =
		"{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"\","
		"\"startTime\":\"2025-01-15T08:00:00Z\",\"endTime\":\"2025-01-"
		"15T09:00:00Z\",\"state\":\"Idle\"}",
	    .options = "",
	},
	{
	    .code = "bad-frame",
	    .severity = SEVERITY_ERROR,
	    .line = "a line of a stream's frame that is none",
	    .reason = "The frame is how a whole stream is told from a cut one.",
	    .remedy = "Do not edit the frame; leave it out with --plain.",
	    .example = "{\"ditioEnd\":{\"records\":\"one\"}}",
	    .options = "",
	},
};
