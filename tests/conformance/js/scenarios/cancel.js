'use strict';
const { api, client, metadata, drain, call } = require('../grid');

// Leaves a stream in the middle; what was acknowledged before stays, and the server goes on.
module.exports = async () => {
  const { Ingest, Profiles } = api.footprint.grid.v1;
  const stream = client(Ingest).Stream(metadata());
  const ended = drain(stream);
  const acked = new Promise((resolve) => stream.once('data', resolve));
  stream.write({ ack: 'DURABLE', sequence: 1, events: [{ eventId: 'js-c1', clientId: 'js-cancel', type: 'view' }] });
  const ack = await acked;
  stream.cancel();
  const { code } = await ended;
  const profile = await call(client(Profiles), 'GetProfile', { clientId: 'js-cancel' });
  return { ack, code, profile };
};
