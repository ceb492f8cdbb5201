'use strict';
const { api, client, metadata, drain } = require('../grid');

// Sends all messages without waiting for an ack; the acks must come back in the order sent.
module.exports = async () => {
  const stream = client(api.footprint.grid.v1.Ingest).Stream(metadata());
  const ended = drain(stream);
  for (let sequence = 1; sequence <= 50; sequence++) {
    const events = [];
    for (let n = 0; n < 1 + (sequence % 7); n++) {
      events.push({ eventId: `js-s${sequence}-${n}`, clientId: `js-stream-${n}`, type: 'view', itemId: `js-s${sequence}` });
    }
    stream.write({ ack: sequence % 2 ? 'DURABLE' : 'APPLIED', sequence, events });
  }
  stream.end();
  const { messages, error, code } = await ended;
  return {
    code,
    error,
    sequences: messages.map((message) => Number(message.sequence)),
    results: messages.map((message) => message.results.map((result) => `${result.eventId} ${result.status}`)),
  };
};
