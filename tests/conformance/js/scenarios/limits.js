'use strict';
const { api, client, call, grpc } = require('../grid');

module.exports = async () => {
  const { Ingest, Profiles } = api.footprint.grid.v1;
  const event = (id, length) => ({ eventId: id, clientId: 'js-limits', type: 'view', properties: { text: 'x'.repeat(length) } });
  const many = (count, length) => Array.from({ length: count }, (_, n) => event(`js-l${n}`, length));
  const compressed = { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };
  return {
    message: await call(client(Ingest), 'Record', { events: many(200, 30000) }),
    bomb: await call(client(Ingest, compressed), 'Record', { events: many(1000, 20000) }),
    batch: await call(client(Ingest), 'Record', { events: many(1001, 1) }),
    event: await call(client(Ingest), 'Record', { events: [event('js-large', 40000), event('js-small', 10)] }),
    empty: await call(client(Ingest), 'Record', { events: [] }),
    profile: await call(client(Profiles), 'GetProfile', { clientId: 'js-limits' }),
  };
};
