'use strict';
const { api, client, metadata, drain } = require('../grid');

// A watch never ends by itself, so only its deadline can end it.
module.exports = async () => {
  const watch = client(api.grpc.health.v1.Health).Watch({ service: '' }, metadata(), { deadline: Date.now() + 700 });
  const { messages, code } = await drain(watch);
  const stream = client(api.footprint.grid.v1.Ingest).Stream(metadata(), { deadline: Date.now() + 700 });
  const idle = await drain(stream);
  return { watched: messages.map((message) => message.status), code, idle: idle.code };
};
