'use strict';
const { api, client, call, grpc } = require('../grid');

module.exports = async () => {
  const { Health } = api.grpc.health.v1;
  const none = new grpc.Metadata();
  const watch = client(Health).Watch({ service: '' }, none);
  const first = await new Promise((resolve, reject) => {
    watch.once('data', resolve);
    watch.once('error', reject);
  });
  const ended = new Promise((resolve) => watch.once('status', (status) => resolve(grpc.status[status.code])));
  watch.on('error', () => {});
  watch.cancel();
  return {
    all: await call(client(Health), 'Check', { service: '' }, { meta: none }),
    one: await call(client(Health), 'Check', { service: 'footprint.grid.v1.Ingest' }, { meta: none }),
    unknown: await call(client(Health), 'Check', { service: 'no.such.Service' }, { meta: none }),
    watched: first.status,
    ended: await ended,
  };
};
