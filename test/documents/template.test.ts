import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PizZip from 'pizzip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromProject } from '../../db/projectFolder.js';
import { asWritten } from '../../documents/facts.js';
import { stockTemplate } from '../../documents/stockTemplate.js';
import { Template } from '../../documents/template.js';
import { openTemplates } from '../../documents/templates.js';
import { wordings } from '../../documents/wording/index.js';
import { packs } from '../../rules/packs/index.js';
import { sampleFacts } from './facts.js';
import { paragraphsOf } from './reading.js';

const stock = fromProject('documents/templates');
const letter = (...body: readonly string[]) => stockTemplate({ form: 'letter', body, english: [] });

describe('L18: the stock templates', () => {
  test('are those that their wordings make: whoever changes a wording runs `npm run templates`', async () => {
    const files = (await readdir(stock)).sort();
    expect(files).toEqual(
      Object.keys(wordings)
        .map((kind) => `${kind}.docx`)
        .sort(),
    );
    for (const [kind, wording] of Object.entries(wordings)) {
      expect(stockTemplate(wording).equals(await readFile(join(stock, `${kind}.docx`))), kind).toBe(true);
    }
  });

  test('are one for every kind of document of every pack', async () => {
    const templates = await openTemplates(stock);
    for (const pack of packs)
      expect([...templates.keys()].sort()).toEqual(Object.keys(pack.documents).sort());
  });

  test('say everything that they name, and leave no placeholder and no blank behind', async () => {
    for (const [kind, template] of await openTemplates(stock)) {
      const said = paragraphsOf(template.render(sampleFacts)).join('\n');
      expect(said, kind).not.toMatch(/[{}]|——|undefined|\bnull\b|\[object/);
      expect(said, kind).toContain('云川市生态环境局');
      expect(said, kind).toContain('2026年3月2日');
      expect(said, kind).toContain('The Chinese text is authoritative');
      if (wordings[kind]?.form !== 'paper') expect(said, kind).toContain('云环许〔2026〕12号');
    }
  });

  test('mark a working copy as one on every page, and say whose the certificate is', async () => {
    const copy = (await openTemplates(stock)).get('certificateCopy')?.render(sampleFacts) ?? Buffer.alloc(0);
    expect(paragraphsOf(copy, 'word/header1.xml')).toEqual(['工作副本 · WORKING COPY']);
    const said = paragraphsOf(copy).join('\n');
    expect(said).toContain('不是排污许可证');
    expect(said).toContain('以全国排污许可证管理信息平台生成的为准');
    expect(said).toContain('排放口·60·颗粒物：10 mg/m3');
  });

  test('hold no picture: a seal is an act of people', async () => {
    for (const name of await readdir(stock)) {
      const parts = Object.keys(new PizZip(await readFile(join(stock, name))).files);
      expect(parts.filter((part) => /media|\.(png|jpe?g|emf|bin)$/.test(part), name)).toEqual([]);
    }
  });
});

describe('L18: filling in', () => {
  test('gives the same bytes for the same facts', () => {
    const template = Template.read(letter('{#已收材料}', '{序号}．{内容}', '{/已收材料}'), 'a.docx');
    expect(template.render(sampleFacts).equals(template.render(sampleFacts))).toBe(true);
    expect(template.render(sampleFacts).equals(template.render({ ...sampleFacts, files: [] }))).toBe(false);
  });

  test('gives what a template gives that was never filled in before, whatever it was filled in with', async () => {
    for (const [kind, used] of await openTemplates(stock)) {
      const file = join(stock, `${kind}.docx`);
      for (const facts of [{}, sampleFacts, { files: [], reason: asWritten('甲\n乙') }, sampleFacts]) {
        const fresh = Template.read(await readFile(file), file);
        expect(used.render(facts).equals(fresh.render(facts)), kind).toBe(true);
      }
    }
  });

  test('fills in a header that has a placeholder, each time anew', () => {
    const headed = stockTemplate({ form: 'letter', banner: '{单位名称}', body: ['{文号}'], english: [] });
    const template = Template.read(headed, 'a.docx');
    for (const name of ['甲公司', '乙公司']) {
      const file = template.render({ unitName: asWritten(name) });
      expect(paragraphsOf(file, 'word/header1.xml')).toEqual([name]);
    }
  });

  test('takes what people write as it is, whatever it looks like', () => {
    const template = Template.read(letter('{理由}'), 'a.docx');
    const reason = '甲<w:p>&{文号}"\u0001乙\n丙';
    expect(paragraphsOf(template.render({ ...sampleFacts, reason: asWritten(reason) }))).toContain(
      '甲<w:p>&{文号}"乙\n丙',
    );
  });

  test('shows that something is not known, and leaves out a part that is about it', () => {
    const template = Template.read(
      letter('编号{许可证编号}。{#承诺届满日}承诺{承诺届满日}{/承诺届满日}'),
      'a.docx',
    );
    expect(paragraphsOf(template.render({}))).toContain('编号——。');
    expect(paragraphsOf(template.render(sampleFacts))).toContain(
      '编号91990100MA0STEEL01001P。承诺2026年4月9日',
    );
  });
});

describe('L18: edited templates', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yizheng-templates-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const refusal = async (name: string, bytes: Buffer) => {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const error: unknown = await openTemplates(stock, folder).catch((thrown: unknown) => thrown);
    await rm(file);
    return error;
  };

  test('lie over the stock ones; a file that an office suite keeps beside them is none', async () => {
    await writeFile(join(folder, 'approval.docx'), letter('本地的话：{单位名称}'));
    await writeFile(join(folder, '~$approval.docx'), 'lock');
    await writeFile(join(folder, '.~lock.approval.docx#'), 'lock');
    const templates = await openTemplates(stock, folder);
    await rm(join(folder, '~$approval.docx'));
    await rm(join(folder, 'approval.docx'));
    const said = (kind: string) => paragraphsOf(templates.get(kind)?.render(sampleFacts) ?? Buffer.alloc(0));
    expect(said('approval')).toContain('本地的话：云川市喆堃鑫镕钢铁有限公司');
    expect(said('denial').join()).toContain('决定不予行政许可');
  });

  test('are found out at the start: a placeholder that nothing fills in, by file and name', async () => {
    for (const [found, body] of [
      ['{单位地址}', '{单位地址}'],
      ['{文号|fr}', '{文号|fr}'],
      ['{内容}', '{内容}'],
      ['{全部}', '{#全部}有{/全部}'],
    ] as const) {
      expect(await refusal('denial.docx', letter(body)), found).toMatchObject({
        code: 'input.invalid',
        detail: { where: join(folder, 'denial.docx'), found },
      });
    }
  });

  test('are found out where a placeholder has no end, in the header too, and where the file is no .docx', async () => {
    const open = await refusal('denial.docx', letter('{#已收材料}没有结尾'));
    expect(open).toMatchObject({ code: 'input.invalid', detail: { where: join(folder, 'denial.docx') } });
    const inHeader = stockTemplate({ form: 'letter', banner: '{页眉}', body: [], english: [] });
    expect(await refusal('denial.docx', inHeader)).toMatchObject({ detail: { found: '{页眉}' } });
    expect(await refusal('denial.docx', Buffer.from('not a document'))).toMatchObject({
      code: 'input.invalid',
      detail: { where: join(folder, 'denial.docx') },
    });
  });

  test('are found out where they are of no kind, and where their folder is not there', async () => {
    expect(await refusal('decision.docx', letter('{文号}'))).toMatchObject({
      code: 'input.invalid',
      detail: { found: 'decision' },
    });
    await expect(openTemplates(stock, join(folder, 'nowhere'))).rejects.toMatchObject({
      detail: { where: 'DOCUMENT_TEMPLATES', found: join(folder, 'nowhere') },
    });
  });
});
