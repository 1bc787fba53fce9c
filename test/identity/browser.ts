/** A page that a browser has come to. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * A browser, as far as a sign-in needs one: it keeps each origin's cookies apart, follows redirects and sends forms.
 * `proxied` is where a public address is really served, as a TLS proxy would have it.
 */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();
  /** Every address that it was sent to, in order. */
  readonly visited: string[] = [];

  constructor(private readonly proxied: Readonly<Record<string, string>> = {}) {}

  /** Opens an address, and follows where it is sent. */
  async open(url: string, body?: URLSearchParams): Promise<Page> {
    let [at, form] = [new URL(url), body];
    for (let hop = 0; hop < 20; hop += 1) {
      const page = await this.fetch(at, form);
      const to = page.headers.get('location');
      if (page.status < 300 || page.status > 399 || to === null) return page;
      at = new URL(to, at);
      form = undefined;
    }
    throw new Error(`redirected without end: ${this.visited.join(' → ')}`);
  }

  /** Fills the page's only form and sends it. */
  async submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1];
    if (action === undefined) throw new Error(`no form at ${page.url}: ${page.text.slice(0, 500)}`);
    const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const values = hidden.map(([, name = '', value = '']) => [name, value]);
    const all = { ...(Object.fromEntries(values) as Record<string, string>), ...fields };
    return await this.open(new URL(action, page.url).href, new URLSearchParams(all));
  }

  cookie(origin: string, name: string): string | undefined {
    return this.cookies.get(origin)?.get(name);
  }

  private async fetch(url: URL, form: URLSearchParams | undefined): Promise<Page> {
    this.visited.push(url.href);
    const jar = this.cookies.get(url.origin) ?? new Map<string, string>();
    this.cookies.set(url.origin, jar);
    const really = url.href.replace(url.origin, this.proxied[url.origin] ?? url.origin);
    const response = await fetch(really, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
      ...(form === undefined ? {} : { body: form }),
    });
    for (const text of response.headers.getSetCookie()) keep(jar, text);
    const { status, headers } = response;
    return { url: url.href, status, headers, text: await response.text() };
  }
}

function keep(jar: Map<string, string>, text: string): void {
  const [pair = '', ...attributes] = text.split(';');
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
  const isGone = attributes.some((each) => /max-age=0$|expires=thu, 01 jan 1970/i.test(each.trim()));
  if (isGone) jar.delete(name);
  else jar.set(name, value);
}
