#!/bin/sh
# oracle.t - thousands of random feeds and rows, as in tests/cli/oracle.t.
FEEDS=${FEEDS:-4000} exec "$SRCDIR/tests/cli/oracle.t"
