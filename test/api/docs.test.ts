import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, openApi } from './client.js';

let rig: Rig;
let api: Api;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  folder = await mkdtemp(join(tmpdir(), 'yizheng-browser-'));
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...args, ...quiet],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
  await api.close();
  await rig.close();
});

test('A1: the page at /docs works in a browser without a network: sign in, choose an operation, try it', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(api.url) && !request.url().startsWith('data:'))
      elsewhere.push(request.url());
  });
  await page.goto(`${api.url}/docs`);
  await page.locator('#operations-tag-tasks').click();
  await page.getByText('收件箱，按法定届满日 / the inbox, by statutory last day').waitFor();
  expect(await page.locator('.opblock-tag').count()).toBeGreaterThan(20);

  await page.getByLabel('用户名').fill('desk');
  await page.getByLabel('密码').fill('correct horse battery');
  await page.getByRole('button', { name: '登录 · Sign in', exact: true }).click();
  await page.getByText('已登录 · signed in: 示范 desk (desk)').waitFor();
  expect(await page.context().cookies()).toEqual([]);

  await page.locator('#operations-tag-session').click();
  const me = page.locator('#operations-session-getMe');
  await me.locator('.opblock-summary-control').click();
  await me.getByRole('button', { name: 'Execute' }).click();
  await me.locator('.live-responses-table').getByText('"username": "desk"').waitFor();
  await page.screenshot({ path: process.env['SCREENSHOT'] ?? join(folder, 'docs.png'), fullPage: false });
  expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
});

test('A1: a write tried twice with the example’s key is two writes: the page gives each a key of its own', async () => {
  const page = await browser.newPage();
  await page.goto(`${api.url}/docs`);
  const keys: string[] = [];
  page.on('request', (request) => {
    const key = request.headers()['idempotency-key'];
    if (key !== undefined) keys.push(key);
  });
  const withdrawal = page.locator('#operations-applications-postApplicationsNumberWithdrawal');
  await page.locator('#operations-tag-applications').click();
  await withdrawal.locator('.opblock-summary-control').click();
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await withdrawal.getByRole('button', { name: 'Execute' }).click();
    await expect.poll(() => keys.length, { timeout: 20_000 }).toBe(attempt);
  }
  expect(new Set(keys).size).toBe(2);
});

test('A1: a wrong password is told on the page, in both languages', async () => {
  const page = await browser.newPage();
  await page.goto(`${api.url}/docs`);
  await page.getByLabel('用户名').fill('desk');
  await page.getByLabel('密码').fill('wrong');
  await page.getByRole('button', { name: '登录 · Sign in', exact: true }).click();
  await page.getByText('用户名或密码不对 · wrong username or password').waitFor();
});
