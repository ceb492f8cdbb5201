'use strict';
const { api, client, call, grpc } = require('../grid');

module.exports = async () => {
  const { Ingest, Profiles } = api.footprint.grid.v1;
  const compressed = { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };
  const events = [];
  for (let n = 0; n < 200; n++) {
    events.push({ eventId: `js-z${n}`, clientId: 'js-gzip', type: 'view', itemId: `js-z${n}`, properties: { text: 'again '.repeat(100) } });
  }
  const recorded = await call(client(Ingest, compressed), 'Record', { ack: 'DURABLE', events });
  const profile = await call(client(Profiles, compressed), 'GetProfile', { clientId: 'js-gzip' });
  return {
    error: recorded.error,
    statuses: recorded.response ? [...new Set(recorded.response.results.map((result) => result.status))] : [],
    total: profile.response && profile.response.counters.map((counter) => `${counter.type} ${counter.total}`),
    recent: profile.response && profile.response.recentItems.length,
  };
};
