import { createHash } from 'node:crypto';
import PizZip from 'pizzip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, openRig, type Rig } from '../rig/rig.js';
import { stockTemplate } from '../../documents/stockTemplate.js';
import { type Api, type Caller, openApi } from './client.js';

let rig: Rig;
let api: Api;
let desk: Caller;
let token: string;
const limit = 100_000;

beforeAll(async () => {
  rig = await openRig(at('2026-03-02 09:00'));
  api = await openApi(rig, { contentLimit: limit });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const { body } = await api.anybody.send('POST', '/sign-in', {
    username: 'desk',
    password: 'correct horse battery',
  });
  token = String(body['token']);
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function put(bytes: Buffer, mediaType: string, id = hash(bytes)) {
  const response = await fetch(`${api.url}/contents/${id}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': mediaType },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const zipOf = (...names: readonly string[]): Buffer => {
  const zip = new PizZip();
  for (const name of names) zip.file(name, 'what is in it');
  return zip.generate({ type: 'nodebuffer' });
};
const letter = stockTemplate({ form: 'letter', body: ['一'], english: [] });
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n', 'latin1');
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const mp4 = Buffer.from('000000186674797069736f6d0000020069736f6d6d703432', 'hex');
const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]);
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]);
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('L1: contents are bytes under their SHA-256', () => {
  test.each([
    ['application/pdf', pdf],
    [docx, letter],
    ['application/msword', compound],
    ['application/vnd.ms-excel', Buffer.concat([compound, Buffer.from('表')])],
    ['application/ofd', zipOf('OFD.xml', 'Doc_0/Document.xml')],
    ['application/zip', zipOf('承诺书.pdf', '照片/一.jpg')],
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['video/mp4', mp4],
    ['text/plain; charset=utf-8', Buffer.from('申请表')],
    ['text/csv; charset=gb18030', Buffer.from('c9eac7ebb1ed2c31', 'hex')],
    ['application/json', Buffer.from('{"outlets":[]}')],
  ])('L1: %s is stored as it is, and comes back so', async (mediaType, bytes) => {
    expect(await put(bytes, mediaType)).toEqual({
      status: 201,
      body: { id: hash(bytes), mediaType, size: bytes.length },
    });
    const response = await fetch(`${api.url}/contents/${hash(bytes)}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('content-type')).toBe(mediaType);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    ['a program said to be a PDF', 'application/pdf', program],
    ['a program', 'application/x-msdownload', program],
    ['a page', 'text/html', Buffer.from('<script>alert(1)</script>')],
    ['a picture with script', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a Word document said to be a sheet', xlsx, letter],
    ['a plain archive said to be Word', docx, zipOf('一.txt')],
    ['an archive with a program', 'application/zip', zipOf('承诺书.pdf', '查看.EXE')],
    ['an archive with a program under a name that Windows shortens', 'application/zip', zipOf('a.exe. ')],
    ['an archive in an archive', 'application/zip', zipOf('更多.zip')],
    ['an archive with macros', 'application/zip', zipOf('word/vbaProject.bin')],
    ['a plain archive said to be OFD', 'application/ofd', zipOf('一.txt')],
    ['an archive cut short', 'application/zip', zipOf('一.txt').subarray(0, 40)],
    ['bytes said to be text', 'text/plain; charset=utf-8', Buffer.from([0xc9, 0xea, 0xc7, 0xeb])],
    ['a NUL in a text', 'text/plain', Buffer.from('a\0b')],
    ['an escaped NUL in JSON', 'application/json', Buffer.from('{"a":"\\u0000"}')],
    ['half a surrogate pair in JSON', 'application/json', Buffer.from('{"\\ud800":1}')],
    ['JSON nested without end', 'application/json', Buffer.from('['.repeat(20_000) + ']'.repeat(20_000))],
    ['no JSON', 'application/json', Buffer.from('{"outlets":')],
    ['a charset of nobody', 'text/plain; charset=utf-7', Buffer.from('abc')],
    ['what has no type', 'application/octet-stream', Buffer.from('abc')],
  ])('L1: refused: %s', async (_, mediaType, bytes) => {
    expect(await put(bytes, mediaType)).toMatchObject({
      status: 415,
      body: { code: 'content.type', where: 'body' },
    });
    const envelope = { mediaType, base64: bytes.toString('base64') };
    expect(await desk.send('POST', '/contents', envelope)).toMatchObject({
      status: 415,
      body: { code: 'content.type' },
    });
  });

  test('L1: the same bytes have one id, and keep the type that they came with first', async () => {
    const bytes = Buffer.from('{"first":true}');
    await put(bytes, 'application/json');
    expect(await put(bytes, 'text/plain')).toMatchObject({
      status: 201,
      body: { id: hash(bytes), mediaType: 'application/json' },
    });
  });

  test('L1: bytes under another SHA-256 are refused, and no bytes, and no type', async () => {
    expect(await put(pdf, 'application/pdf', hash(png))).toMatchObject({
      status: 400,
      body: { code: 'input.invalid', where: 'path.id', expected: hash(pdf), found: hash(png) },
    });
    expect(await put(Buffer.alloc(0), 'application/pdf')).toMatchObject({
      status: 400,
      body: { code: 'input.invalid' },
    });
    expect(await put(pdf, 'pdf')).toMatchObject({
      status: 400,
      body: { code: 'input.invalid', where: 'header.Content-Type' },
    });
  });

  test('L1: the installation’s limit holds for bytes and for base64', async () => {
    const [fits, over] = [Buffer.alloc(limit, 'a'), Buffer.alloc(limit + 1, 'a')];
    expect(await put(fits, 'text/plain')).toMatchObject({ status: 201, body: { size: limit } });
    expect(await put(over, 'text/plain')).toMatchObject({ status: 413, body: { code: 'input.tooLarge' } });
    const send = (bytes: Buffer) =>
      desk.send('POST', '/contents', { mediaType: 'text/plain', base64: bytes.toString('base64') });
    expect(await send(fits)).toMatchObject({ status: 201 });
    expect(await send(over)).toMatchObject({ status: 413, body: { code: 'input.tooLarge' } });
  });
});
