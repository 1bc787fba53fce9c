import { describe, expect, test } from 'vitest';
import { run } from '../../cli/program.js';
import { csvOf, region, sample } from './sampling.js';

const header = 'permit_no,city,kind,class,industry,issued_on';
const good = 'P1,C,first,key,4620,2026-01-05';
const fileOf = (...lines: readonly string[]): string => [header, ...lines, ''].join('\n');

describe('Q4: a population with a faulty row is refused, with the row, the column and what was expected', () => {
  test.each<[string, string | Buffer, readonly string[]]>([
    [
      'the same row twice',
      fileOf(good, 'P2,C,first,key,1,2026-01-05', good),
      ['population.csv:4 permit_no', 'row 2'],
    ],
    [
      'the same issuance under another city',
      fileOf(good, 'P1,D,first,key,4620,2026-01-05'),
      ['population.csv:3 permit_no', 'every issuance'],
    ],
    [
      'the same issuance written otherwise',
      fileOf(good, '" P1 ",C,first,key,4620,2026-01-05'),
      [':3 permit_no'],
    ],
    ['too few fields', fileOf(good, 'P2,C,first'), ['population.csv:3', '6 fields', '3 fields']],
    ['too many fields', fileOf(`${good},`), ['population.csv:2', '7 fields']],
    [
      'an unknown kind',
      fileOf('P1,C,renewal,key,1,2026-01-05'),
      [':2 kind', 'first or reapplication', 'renewal'],
    ],
    [
      'a day that is none',
      fileOf('P1,C,first,key,1,2026-02-30'),
      [':2 issued_on', 'YYYY-MM-DD', '2026-02-30'],
    ],
    ['a day written otherwise', fileOf('P1,C,first,key,1,2026/02/03'), [':2 issued_on', '2026/02/03']],
    ['an empty field', fileOf('P1, ,first,key,1,2026-01-05'), [':2 city', 'a value']],
    ['a tab inside a field', fileOf('P1,C\tD,first,key,1,2026-01-05'), [':2 city', 'printable']],
    ['a line break inside a field', fileOf('P1,"C\nD",first,key,1,2026-01-05'), [':2 city', 'printable']],
    ['a byte-order mark inside', fileOf('P1,\ufeffC,first,key,1,2026-01-05'), [':2 city', 'printable']],
    ['an open quote', fileOf('P1,"C,first,key,1,2026-01-05'), [':2', 'CSV row']],
    ['a missing column', 'permit_no,city,kind,class,industry\nP1,C,first,key,1\n', [':1', header]],
    ['an unknown column', `${header},note\n${good},x\n`, [':1', header, 'note']],
    ['a column twice', `${header.replace('class', 'city')}\n${good}\n`, [':1', header]],
    ['an empty file', '', [':1', 'an empty file']],
    ['another encoding', Buffer.from([...Buffer.from(`${header}\nP1,`), 0xd2, 0xf8, 0xb4]), ['not UTF-8']],
  ])('%s', async (_name, text, told) => {
    const { code, out, err } = await sample(text);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const each of told) expect(err).toContain(each);
  });

  test('several faults are told at once, twenty at most', async () => {
    const faulty = Array.from({ length: 30 }, (_, index) => `P${index},C,never,key,1,2026-01-05`);
    const { code, err } = await sample(fileOf(...faulty));
    expect(code).toBe(2);
    expect(err.split('\n')).toHaveLength(20);
    expect(err).toContain('population.csv:2 kind');
    expect(err).toContain('population.csv:21 kind');
  });

  test.each<[string, string, readonly string[]]>([
    [
      'a number that is none',
      'city,kind,population,drawn\nC,first,ten,3\n',
      ['carry.csv:2 population', 'ten'],
    ],
    ['a negative one', 'city,kind,population,drawn\nC,first,10,-3\n', ['carry.csv:2 drawn', '-3']],
    [
      'more drawn than issued',
      'city,kind,population,drawn\nC,first,3,4\n',
      ['carry.csv:2 drawn', 'at most 3'],
    ],
    ['a stratum twice', 'city,kind,population,drawn\nC,first,3,1\nC,first,3,1\n', ['carry.csv:3 city']],
    ['an unknown kind', 'city,kind,population,drawn\nC,change,3,1\n', ['carry.csv:2 kind']],
    ['other columns', 'city,kind,drawn\nC,first,3\n', ['carry.csv:1', 'city,kind,population,drawn']],
  ])('earlier totals with %s', async (_name, carry, told) => {
    const args = ['--seed', 'ab', '--carry', 'FOLDER/carry.csv'];
    const { code, out, err } = await sample(csvOf(region(3)), args, { 'carry.csv': carry });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const each of told) expect(err).toContain(each);
  });

  test.each<[string, readonly string[], string]>([
    ['no seed', [], '--seed is missing'],
    ['a seed that is not hex', ['--seed', 'xyz0'], 'not a seed at --seed'],
    ['half a byte', ['--seed', 'abc'], 'not a seed'],
    ['an empty seed', ['--seed', ''], 'not a seed'],
    ['an empty beacon', ['--seed', 'ab', '--beacon', ''], 'an empty beacon'],
    ['a share above one', ['--seed', 'ab', '--first', '1.5'], 'not a share at --first'],
    ['a share in per cent', ['--seed', 'ab', '--reapply', '20%'], 'not a share at --reapply'],
    ['a carry file that is not there', ['--seed', 'ab', '--carry', 'nowhere.csv'], 'nowhere.csv'],
    ['the recipe with a draw', ['--seed', 'ab', '--recipe'], '--recipe stands alone'],
  ])('refuses %s', async (_name, args, message) => {
    const { code, out, err } = await sample(csvOf(region(3)), args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('xyz0');
  });

  test('a file that is not there, a folder, and no population', async () => {
    const err: string[] = [];
    const output = { out: () => undefined, err: (text: string) => err.push(text) };
    expect(await run(['sample', '--population', 'nowhere.csv', '--seed', 'ab'], output)).toBe(2);
    expect(await run(['sample', '--population', 'rules', '--seed', 'ab'], output)).toBe(2);
    expect(await run(['sample', '--seed', 'ab'], output)).toBe(2);
    expect(err.join('\n')).toMatch(/nowhere\.csv.*ENOENT[^]*rules.*EISDIR[^]*--population is missing/);
  });

  test('the recipe is printed in both languages and as a program', async () => {
    const out: string[] = [];
    expect(await run(['sample', '--recipe'], { out: (text) => out.push(text), err: () => undefined })).toBe(
      0,
    );
    expect(out.join('\n')).toMatch(/抽取方法[^]*How a draw is made[^]*import csv/);
  });
});
