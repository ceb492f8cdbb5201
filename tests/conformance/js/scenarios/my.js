'use strict';
// "My footprint" looked over by axe-core, everything unfolded, at two widths and in each language.
const axe = require('axe-core');
const { base, widths, visit } = require('../browser.js');

const look = async (page) => {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return {
    passes: found.passes.length,
    violations: found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`),
    sticksOut: Math.max(0, await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)),
    language: await page.evaluate(() => document.documentElement.lang),
    forms: await page.evaluate(() => document.forms.length),
  };
};

module.exports = async () => {
  const seen = {};
  seen.foreign = await visit(Object.keys(widths), true, async (page, view) => {
    seen[view] = { main: await look(page) };
    await page.goto(`${base}/my/erase`);
    seen[view].erase = await look(page);
    for (const language of ['es', 'vi']) {
      await page.goto(`${base}/my?lang=${language}`);
      seen[view][language] = await look(page);
    }
  });
  return seen;
};
