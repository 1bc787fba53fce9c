import type { EventText } from './eventText.js';

/** What the standing watch does to a case. */
export const watchEvents = {
  'case.woken': {
    article: null,
    zh: '值守发现案件异常（{finding}），予以唤醒；不影响案件的法律状态。',
    en: 'The watch found something amiss ({finding}) and woke the case; nothing of its legal state changed.',
  },
} as const satisfies Record<string, EventText>;
