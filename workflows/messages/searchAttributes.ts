import { defineSearchAttributeKey } from '@temporalio/common';

/** What an operator finds a case by in Temporal. It is not personal; people's lists come from PostgreSQL. */
export const areaAttribute = defineSearchAttributeKey('YizhengArea', 'KEYWORD');

/** Written only by runs that were begun under release 0.1.0 (`quietSteps` in `kernel/patches.ts`). */
export const stageAttribute = defineSearchAttributeKey('YizhengStage', 'KEYWORD');

/** What the server must know before a case can start. */
export const searchAttributes = [stageAttribute, areaAttribute];
