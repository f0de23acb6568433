#!/bin/sh
# evidence.t - thousands of random feeds, as in tests/cli/evidence.t.
FEEDS=${FEEDS:-4000} exec "$SRCDIR/tests/cli/evidence.t"
