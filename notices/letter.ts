/** What is sent to somebody: a subject, and a text of which every channel makes its own form. */
export interface Letter {
  readonly subject: string;
  /** Plain text, a blank line between paragraphs. */
  readonly body: string;
}

/** The same as simple HTML: paragraphs, line breaks, links. */
export function htmlOf({ body }: Letter): string {
  const paragraphs = body.split('\n\n').map((paragraph) => {
    const safe = paragraph.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
    const linked = safe.replace(/https?:\/\/[^\s&]+/g, (link) => `<a href="${link}">${link}</a>`);
    return `<p>${linked.replaceAll('\n', '<br>')}</p>`;
  });
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body>${paragraphs.join('')}</body></html>`;
}
