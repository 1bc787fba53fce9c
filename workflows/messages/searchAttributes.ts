import { defineSearchAttributeKey } from '@temporalio/common';

/** The facets by which an operator finds a case in Temporal. None is personal; people's lists come from PostgreSQL. */
export const stageAttribute = defineSearchAttributeKey('YizhengStage', 'KEYWORD');
export const areaAttribute = defineSearchAttributeKey('YizhengArea', 'KEYWORD');

/** What the server must know before a case can start. */
export const searchAttributes = [stageAttribute, areaAttribute];
