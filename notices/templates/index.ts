import type { NoticeTemplate } from '../../rules/notices.js';
import { applicantTemplates } from './applicant.js';
import { clockTemplates } from './clocks.js';
import { issueTemplates } from './issues.js';
import { officerTemplates } from './officer.js';
import type { Template } from './template.js';

/** The words of every notice. A name that a procedure may use and nobody has worded does not compile. */
export const templates: Readonly<Record<NoticeTemplate, Template>> = {
  ...applicantTemplates,
  ...clockTemplates,
  ...officerTemplates,
  ...issueTemplates,
};
