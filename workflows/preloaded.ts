/**
 * What a worker's sandbox loads once and shares between all cases, before the first of them: the rule packs, which are data
 * and pure functions, and would else be evaluated anew for every case that opens or is replayed; and what it answers to the
 * SDK's promise hooks. Nothing that keeps a state may ever be imported here: it would leak from case to case.
 */
import '../rules/packs/index.js';
import './untracedPromises.js';
