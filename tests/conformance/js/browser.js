'use strict';
// A client that comes to "My footprint" through its link, in a real browser, as somebody who never was there.
const puppeteer = require('puppeteer-core');

const base = process.env.GRID_HTTP;
const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740, isMobile: true, hasTouch: true } };

// Gives the visit a page and what it asked of other hosts; the browser ends with it.
const visit = async (views, javascript, look) => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    userDataDir: process.env.GRID_PROFILE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const foreign = [];
    for (const view of views) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.on('request', (request) => {
        if (!request.url().startsWith(base)) {
          foreign.push(request.url());
        }
      });
      await page.setJavaScriptEnabled(javascript);
      await page.setViewport(widths[view]);
      await page.goto(base + process.env.GRID_LINK);
      await page.waitForSelector('#interests');
      await look(page, view);
    }
    return foreign;
  } finally {
    await browser.close();
  }
};

module.exports = { base, widths, visit };
