'use strict';
const { api, client, call } = require('../grid');

module.exports = async () => {
  const { Definitions, Ingest, Decisions, Profiles } = api.footprint.grid.v1;
  const topics = [{ topic: 'js-golf', weight: 1 }];
  const items = await call(client(Definitions), 'UpsertItems', { items: [{ itemId: 'js-i1', topics, title: 'Irons' }] });
  const event = { eventId: 'js-e1', clientId: 'js-unary', type: 'click', itemId: 'js-i1', topics, properties: { query: 'irons' } };
  const first = await call(client(Ingest), 'Record', { ack: 'DURABLE', events: [event] });
  const again = await call(client(Ingest), 'Record', { ack: 'DURABLE', events: [event] });
  const pick = await call(client(Decisions), 'PickContent', { clientId: 'js-unary', placement: 'home', count: 3, candidates: ['js-i1'] });
  const profile = await call(client(Profiles), 'GetProfile', { clientId: 'js-unary' });
  return { items, first, again, pick, profile };
};
