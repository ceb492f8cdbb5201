'use strict';
// "My footprint" in a real browser: read and used without JavaScript, then looked over by axe-core at two widths.
const puppeteer = require('puppeteer-core');
const axe = require('axe-core');

const base = process.env.GRID_HTTP;
const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740, isMobile: true, hasTouch: true } };

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.trim());

const submit = async (page, selector) => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
};

// The main page, through the link, as somebody who never was here.
const enter = async (browser, view, javascript) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) {
      foreign.push(request.url());
    }
  });
  await page.setJavaScriptEnabled(javascript);
  await page.setViewport(view);
  await page.goto(base + process.env.GRID_LINK);
  await page.waitForSelector('#interests');
  return { page, foreign };
};

const look = async (page) => {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return {
    passes: found.passes.length,
    violations: found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`),
    sticksOut: Math.max(0, wide),
  };
};

const use = async (page) => {
  const seen = { heading: await text(page, 'h1') };
  const rejected = await page.$eval('form[action="/my/interest"] input[name="topic"]', (field) => field.value);
  await submit(page, 'form[action="/my/interest"] button[value="no"]');
  seen.afterInterest = await text(page, '[role="status"]');
  // What is rejected no longer counts, so it stands elsewhere in the list than before.
  seen.interest = await text(page, `#interests ~ .cards li:has(input[name="topic"][value="${rejected}"]) p`);
  await page.click('input[name="choice.advertising"][value="no"]');
  await submit(page, 'form[action="/my/consents"] > button');
  seen.afterConsents = await text(page, '[role="status"]');
  seen.advertisingDenied = await page.$eval('input[name="choice.advertising"][value="no"]', (input) => input.checked);
  await page.$eval('#trait0', (input) => { input.value = 'Bilbao'; });
  await submit(page, 'form[action="/my/trait"] button');
  seen.afterTrait = await text(page, '[role="status"]');
  seen.trait = await text(page, '#traits ~ .cards li p');
  seen.disclosure = await text(page, '#disclosures ~ .cards li');
  await submit(page, 'a[href="/my?lang=vi"]');
  seen.vietnamese = await text(page, 'h1');
  await submit(page, 'a[href="/my?lang=en"]');
  await submit(page, 'a[href="/my/erase"]');
  await page.click('input[name="sure"]');
  await submit(page, 'button.danger');
  seen.erased = await text(page, 'h1');
  await page.goto(base + '/my');
  seen.afterErase = await text(page, 'h1');
  return seen;
};

module.exports = async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    userDataDir: process.env.GRID_PROFILE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const seen = { foreign: [] };
    for (const [name, view] of Object.entries(widths)) {
      const { page, foreign } = await enter(browser, view, true);
      seen[name] = { main: await look(page) };
      await page.goto(base + '/my/erase');
      seen[name].erase = await look(page);
      seen.foreign.push(...foreign);
    }
    const { page, foreign } = await enter(browser, widths.phone, false);
    seen.used = await use(page);
    seen.foreign.push(...foreign);
    return seen;
  } finally {
    await browser.close();
  }
};
