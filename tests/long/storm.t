#!/bin/bash
# storm.t - tests/cli/storm.t with a thousand kills and a thousand faults.
STORM_KILLS=${STORM_KILLS:-1000} STORM_LANES=${STORM_LANES:-8} \
	exec "$BASH" "$SRCDIR/tests/cli/storm.t"
