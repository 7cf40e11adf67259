import { chromium } from 'playwright-core';
import { endPrograms, start } from '../support/programs.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { requireTool } from '../support/tools.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ PORT: '0' });
});
afterAll(async () => {
  endPrograms();
  await database.drop();
});

test('the API description is shown by a browser, under its content security policy', async () => {
  if (!requireTool('chromium')) return;
  const running = start('main', [], database.environment);
  const url = (await running.until(/"url":"(http[^"]+)"/))[1]!;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${url}/api/docs`);
    await page.getByText('La base de données et la file de travaux répondent').first().waitFor();
    expect(await page.title()).toBe('Halle : interface de programmation');
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
