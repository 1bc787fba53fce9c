import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stockTemplate } from './stockTemplate.js';
import { wordings } from './wording/index.js';

/** `npm run templates`: writes every stock template anew from its wording, into the folder that is named. */
const folder = process.argv[2] ?? 'documents/templates';
for (const [kind, wording] of Object.entries(wordings)) {
  await writeFile(join(folder, `${kind}.docx`), stockTemplate(wording));
}
