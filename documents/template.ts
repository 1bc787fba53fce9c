import Docxtemplater, { type DXT } from 'docxtemplater';
import PizZip from 'pizzip';
import { DomainError } from '../rules/errors.js';
import { type DocumentFacts, type Fact, type FactName, placeholders, type Words } from './facts.js';

/** What stands where a fact is not known: a line that a reader sees is empty. */
const unknown = '——';

/** The placeholders of one item of a list, inside its loop. */
const itemPlaceholders = ['序号', '内容'] as const;

interface Item extends Words {
  readonly position: number;
}

const factNamed = new Map<string, FactName>(
  Object.entries(placeholders).map(([name, placeholder]) => [placeholder, name as FactName]),
);

/** Every file in a document bears this time, so that the same facts give the same bytes on every machine. */
const fileDate = new Date(1980, 0, 1);

const options: DXT.ConstructorOptions = {
  paragraphLoop: true,
  linebreaks: true,
  // What people write goes into documents as it is, but for characters that XML has no place for.
  stripInvalidXMLChars: true,
  errorLogging: false,
  parser: (tag) => {
    const named = namedBy(tag);
    return { get: (scope: unknown, context) => valueOf(named, scope, isSection(context)) };
  },
  // A section of what is not known is left out; a text of it shows that it is empty.
  nullGetter: (part: { readonly module?: string }) => (part.module === undefined ? unknown : ''),
};

const isSection = (context: DXT.ParserContext): boolean => context.meta.part.module === 'loop';

interface Named {
  readonly name: string;
  readonly fact: FactName | undefined;
  readonly spoken: keyof Words;
}

/** `{文号}` is Chinese, `{文号|en}` English. */
function namedBy(tag: string): Named {
  const [name = '', language] = tag.split('|').map((part) => part.trim());
  return { name, fact: factNamed.get(name), spoken: language === 'en' ? 'en' : 'zh' };
}

/** A list in a text is joined, in a section it is a loop. */
function valueOf({ name, fact, spoken }: Named, scope: unknown, section: boolean): unknown {
  if (isItem(scope)) {
    if (name === '序号') return String(scope.position);
    return name === '内容' ? scope[spoken] : undefined;
  }
  const value: Fact | undefined = fact === undefined ? undefined : (scope as DocumentFacts)[fact];
  if (value === undefined || typeof value === 'boolean') return value;
  if (isList(value)) {
    if (section) return value.map((words, index): Item => ({ ...words, position: index + 1 }));
    return value.length === 0
      ? undefined
      : value.map((words) => words[spoken]).join(spoken === 'zh' ? '、' : ', ');
  }
  return section ? true : value[spoken];
}

const isItem = (scope: unknown): scope is Item =>
  typeof scope === 'object' && scope !== null && 'position' in scope;

const isList = (fact: Words | readonly Words[]): fact is readonly Words[] => Array.isArray(fact);

/** A template of a document, as an office suite edits it, ready to be filled in. */
export class Template {
  private constructor(
    private readonly compiled: Docxtemplater<PizZip>,
    /** The package: deflated, but for the parts that hold no placeholder, which are filled in already. */
    private readonly zip: PizZip,
    /** The paths of the parts that hold a placeholder. */
    private readonly open: readonly string[],
  ) {}

  /**
   * Reads a template. Throws `input.invalid`, naming the file and what is wrong with it: no document of an office suite, a
   * placeholder without its end, or one that nothing fills in.
   */
  static read(bytes: Buffer, file: string): Template {
    const found = new Map<string, readonly DXT.Part[]>();
    let template: Template;
    try {
      const compiled = new Docxtemplater(new PizZip(bytes), {
        ...options,
        modules: [gathering(found), joining()],
      });
      const zip = packed(bytes);
      // Every part is filled in once with nothing: what would fail in a case's step fails here, at the start.
      fillIn(compiled, [...found.keys()], {}, zip);
      const open = [...found].filter(([, parts]) => parts.some(isPlaceholder)).map(([path]) => path);
      template = new Template(compiled, zip, open);
    } catch (error) {
      throw new DomainError('input.invalid', {
        what: `the template can not be read: ${faultsOf(error)}`,
        where: file,
        expected: 'a .docx whose placeholders each have their braces and end',
      });
    }
    const strange = strangePlaceholder([...found.values()].flat(), false);
    if (strange !== undefined) {
      throw new DomainError('input.invalid', {
        what: 'the template has a placeholder that nothing fills in',
        where: file,
        expected: [...factNamed.keys(), ...itemPlaceholders].join(' '),
        found: `{${strange}}`,
      });
    }
    return template;
  }

  /** Fills the template in. The same facts give the same bytes. */
  render(facts: DocumentFacts): Buffer {
    // Of the package only the table of its files is copied: a part that is filled in takes the place of the one there.
    const { files, comment } = this.zip;
    const zip = Object.assign(new PizZip(), { files: { ...files }, comment });
    fillIn(this.compiled, this.open, facts, zip);
    return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
  }
}

/** Fills in the parts at `paths` and puts them into `zip`. */
function fillIn(
  compiled: Docxtemplater<PizZip>,
  paths: readonly string[],
  facts: DocumentFacts,
  zip: PizZip,
): void {
  // What is filled in is stored, not deflated: it is small, and no two machines' deflate need agree on its bytes.
  const filled = { date: fileDate, createFolders: false, compression: 'STORE' } as const;
  const parts = { file: (path: string, xml: Buffer) => zip.file(path, xml, filled) };
  const mapper = Object.fromEntries(paths.map((from) => [from, { from, data: facts }]));
  // The library lets an instance render once, but does not touch what it has compiled, which takes it the longest by
  // far: each rendering is an instance of its own over the same compiled parts.
  const own = { rendered: false, scopeManagers: {}, xmlDocuments: {}, zip: parts, mapper };
  const rendering = Object.assign(Object.create(compiled) as Docxtemplater<PizZip>, own);
  rendering.render();
}

/** The same package with every file deflated and of the one date. */
function packed(bytes: Buffer): PizZip {
  const zip = new PizZip(bytes);
  for (const file of Object.values(zip.files)) file.date = fileDate;
  return new PizZip(zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' }));
}

/** A module of the library that gathers what it has read of each part of the template, by its path. */
const gathering = (found: Map<string, readonly DXT.Part[]>): DXT.Module => ({
  name: 'gathering',
  set({ inspect }: { readonly inspect?: Inspected }) {
    if (inspect?.postparsed !== undefined) found.set(inspect.filePath, inspect.postparsed);
  },
});

interface Inspected {
  readonly filePath: string;
  readonly postparsed?: readonly DXT.Part[];
}

/**
 * A module of the library that makes one text of the scraps it has rendered of a part: it writes one far quicker than hundreds.
 * The library's own check of the scraps, which comes next, is made here before, and has nothing to find in one text.
 */
const joining = (): DXT.Module => ({
  name: 'joining',
  postrender: (scraps, rendering: Joining) => [rendering.joinUncorrupt(scraps, rendering).join('')],
});

interface Joining {
  readonly joinUncorrupt: (scraps: readonly string[], rendering: Joining) => readonly string[];
}

const isPlaceholder = ({ type }: DXT.Part): boolean => type === 'placeholder';

function strangePlaceholder(parts: readonly DXT.Part[], inLoop: boolean): string | undefined {
  for (const { type, value, subparsed = [] } of parts) {
    if (type !== 'placeholder') continue;
    const [name = '', language, ...more] = value.split('|').map((part) => part.trim());
    const known = factNamed.has(name) || (inLoop && itemPlaceholders.some((each) => each === name));
    if (!known || more.length > 0 || (language !== undefined && language !== 'en')) return value;
    const strange = strangePlaceholder(subparsed, true);
    if (strange !== undefined) return strange;
  }
  return undefined;
}

/** The template library gathers every fault of a file under its error's `properties`. */
function faultsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { errors } = ('properties' in error ? error.properties : {}) as {
    readonly errors?: readonly unknown[];
  };
  if (errors === undefined) return error.message;
  return errors
    .map((each) => {
      const { properties } = each as { readonly properties?: { readonly explanation?: string } };
      return properties?.explanation ?? (each instanceof Error ? each.message : 'unknown');
    })
    .join('; ');
}
