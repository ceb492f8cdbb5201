'use strict';
const { api, client, call, grpc, metadata } = require('../grid');

module.exports = async () => {
  const { Ingest, Decisions, Definitions } = api.footprint.grid.v1;
  const good = { eventId: 'js-ok', clientId: 'js-errors', type: 'view' };
  const bad = { eventId: 'js-bad', clientId: 'js-errors', type: 'view', topics: [{ topic: 'golf', weight: -1 }] };
  return {
    field: await call(client(Decisions), 'PickContent', { clientId: 'js-errors', placement: '' }),
    batch: await call(client(Ingest), 'Record', { ack: 'APPLIED', events: [good, bad] }),
    missing: await call(client(Definitions), 'GetItem', { itemId: 'js-nobody-has-this' }),
    noKey: await call(client(Decisions), 'PickContent', { placement: 'home' }, { meta: new grpc.Metadata() }),
    wrongKey: await call(client(Decisions), 'PickContent', { placement: 'home' }, { meta: metadata('not-the-key') }),
  };
};
