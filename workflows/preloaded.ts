/**
 * What a worker's sandbox loads once and shares between all cases, before the first of them: the rule packs, which are data
 * and pure functions, and would else be evaluated anew for every case that opens or is replayed. Nothing that keeps a state
 * may ever be imported here: it would leak from case to case.
 */
import '../rules/packs/index.js';

// The SDK writes down a stack trace for every promise of a workflow. Four frames tell where it came from; the ten of the
// default took a quarter of the processor time of a step.
Error.stackTraceLimit = 4;
