import type { NoticeTemplate } from '../../rules/notices.js';
import { applicantTemplates } from './applicant.js';
import { authorityTemplates } from './authority.js';
import { clockTemplates } from './clocks.js';
import { issueTemplates } from './issues.js';
import { officerTemplates } from './officer.js';
import { registrationTemplates } from './registration.js';
import { samplingTemplates } from './sampling.js';
import type { Template } from './template.js';
import { versionTemplates } from './versions.js';

/** The words of every notice. A name that a procedure may use and nobody has worded does not compile. */
export const templates: Readonly<Record<NoticeTemplate, Template>> = {
  ...applicantTemplates,
  ...clockTemplates,
  ...authorityTemplates,
  ...officerTemplates,
  ...versionTemplates,
  ...registrationTemplates,
  ...issueTemplates,
  ...samplingTemplates,
};
