/* switches.h - switches that are on say what a running machine does. */

#ifndef PARSE_SWITCHES_H
#define PARSE_SWITCHES_H

#include "parse/job.h"

/*
 * Cut the machine's stretches where its switches change: while one is on the
 * engine runs, unless its status says otherwise, and the state is the
 * switch's; of several that are on the first one's.
 */
void switches_overlay(struct job *j);

#endif
