'use strict';
// "My footprint" read and used without JavaScript, at phone width: every form there is, and what the page says afterwards.
const { base, visit } = require('../browser.js');

const tidy = (text) => text.replace(/\s+/g, ' ').trim();
const text = async (page, selector) => tidy(await page.$eval(selector, (element) => element.textContent));
const status = (page) => text(page, '[role="status"]');
const section = (page, id) => text(page, `section[aria-labelledby="${id}"]`);

const submit = async (page, selector) => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
};

// What is folded away is unfolded by its summary, as somebody would.
const unfold = async (page, selector) => {
  await page.$eval(selector, (element) => { element.closest('details').open = true; });
};

const card = async (page, id, heading) => tidy(await page.$$eval(
  `section[aria-labelledby="${id}"] .cards > li`,
  (cards, name) => cards.find((one) => one.querySelector('h3').textContent === name)?.textContent ?? '', heading));

// What all cards of that heading say, the first first.
const cards = (page, id, heading) => page.$$eval(
  `section[aria-labelledby="${id}"] .cards > li`,
  (all, name) => all.filter((one) => one.querySelector('h3').textContent === name).map((one) => one.textContent.replace(/\s+/g, ' ').trim()), heading);

const chosen = (page, names) => Promise.all(names.map((name) =>
  page.$$eval(`input[name="${name}"]`, (inputs) => inputs.find((input) => input.checked)?.value ?? '-')));

const answer = (field, about, value) => `form[action="/my/interest"]:has(input[name="${field}"][value="${about}"]) button[value="${value}"]`;
const choose = (page, name, value) => page.click(`input[name="${name}"][value="${value}"]`);
const save = (page) => submit(page, 'form[action="/my/consents"] > button');

const read = async (page, seen) => {
  seen.heading = await text(page, 'h1');
  seen.golf = await card(page, 'interests', 'golf');
  seen.city = await card(page, 'traits', 'city');
  seen.steps = await section(page, 'steps');
  seen.groups = await section(page, 'groups');
  seen.disclosure = await section(page, 'disclosures');
};

const state = async (page, seen) => {
  const about = (value, said) => `form[action="/my/interest"]:has(input[name="name"][value="team"]):has(input[name="value"][value="${value}"]) button[value="${said}"]`;
  seen.teams = await cards(page, 'traits', 'team');
  await submit(page, about('Athletic', 'yes'));
  seen.teamConfirmed = await cards(page, 'traits', 'team');
  await submit(page, about('Real', 'no'));
  seen.teamRejected = await cards(page, 'traits', 'team');
  await submit(page, 'form[action="/my/interest"]:has(input[name="name"][value="team"]):not(:has(input[name="value"])) button[value="no"]');
  seen.noTeam = await cards(page, 'traits', 'team');
};

const say = async (page, seen) => {
  await submit(page, answer('topic', 'golf', 'no'));
  seen.afterAnswer = await status(page);
  seen.golfRejected = await card(page, 'interests', 'golf');
  await submit(page, answer('name', 'age', 'no'));
  seen.ageRejected = await card(page, 'traits', 'age');
  await submit(page, answer('name', 'city', 'yes'));
  seen.cityConfirmed = await card(page, 'traits', 'city');
  const correction = 'form[action="/my/trait"]:has(input[name="name"][value="city"])';
  await page.$eval(`${correction} input[name="value"]`, (input) => { input.value = 'Bilbao'; });
  await submit(page, `${correction} button`);
  seen.afterCorrection = await status(page);
  seen.cityCorrected = await card(page, 'traits', 'city');
  seen.stepsAfter = await section(page, 'steps');
};

const decide = async (page, seen) => {
  const toggles = ['choice.advertising', 'category.location', 'recipient.acme', 'category.contact'];
  for (const name of toggles.slice(0, 3)) {
    await choose(page, name, 'no');
  }
  await save(page);
  seen.afterConsents = await status(page);
  seen.chosen = await chosen(page, toggles);
  seen.rules = (await page.$$('button[value="lift"]')).length;
  await choose(page, 'category.location', 'yes');
  await choose(page, 'recipient.acme', 'yes');
  await save(page);
  seen.chosenBack = await chosen(page, toggles);
  await unfold(page, 'button[value="lift"]');
  await submit(page, 'button[value="lift"]');
  seen.rulesBack = (await page.$$('button[value="lift"]')).length;
};

const part = async (page, seen) => {
  await submit(page, 'form[action="/my/unlink"] button');
  seen.afterUnlink = await status(page);
  seen.unlinked = await section(page, 'ids');
  await unfold(page, 'form[action="/my/withdraw"]');
  await page.click('form[action="/my/withdraw"] input[name="sure"]');
  await submit(page, 'form[action="/my/withdraw"] button');
  seen.afterWithdrawal = await status(page);
  seen.nothingAllowed = await chosen(page, ['personalization', 'advertising', 'analytics', 'measurement', 'sharing'].map((p) => `choice.${p}`));
  await submit(page, 'a[href="/my?lang=es"]');
  seen.spanish = await text(page, 'h1');
  await submit(page, 'a[href="/my?lang=vi"]');
  seen.vietnamese = await text(page, 'h1');
  await submit(page, 'a[href="/my?lang=en"]');
  await submit(page, 'a[href="/my/erase"]');
  await page.click('input[name="sure"]');
  await submit(page, 'button.danger');
  seen.erased = await text(page, 'h1');
  await page.goto(`${base}/my`);
  seen.afterErase = await text(page, 'h1');
};

module.exports = async () => {
  const seen = {};
  seen.foreign = await visit(['phone'], false, async (page) => {
    await read(page, seen);
    await say(page, seen);
    await state(page, seen);
    await decide(page, seen);
    await part(page, seen);
  });
  return seen;
};
