import type { EventText } from './eventText.js';

const event = (zh: string, en: string): EventText => ({ article: null, zh, en });

/** The bulletins. */
export const bulletinEvents = {
  'bulletin.drafted': event(
    '{from} 至 {to} 的通报拟稿，数字已固定：抽查 {sampled} 件，问题 {issues} 个。',
    'Bulletin of {from} to {to} drafted, its figures frozen: {sampled} sampled, {issues} problems.',
  ),
  'bulletin.circulated': event(
    '通报征求各市意见，典型问题 {typical} 个。',
    'Circulated to the cities, with {typical} typical cases.',
  ),
  'bulletin.commented': event('{organ} 的意见：{text}。', 'Comment of {organ}: {text}.'),
  'bulletin.commentsOver': event(
    '征求意见期满，{silent} 未提出意见。',
    'The term is over; nothing from {silent}.',
  ),
  'bulletin.submitted': event(
    '意见处理：{answer}；报签。',
    'What became of the comments: {answer}; on its chain.',
  ),
  'bulletin.issued': event('通报用印并印发。', 'Sealed and issued.'),
  'bulletin.ended': event('通报终止：{reason}。', 'Ended: {reason}.'),
} as const satisfies Record<string, EventText>;
