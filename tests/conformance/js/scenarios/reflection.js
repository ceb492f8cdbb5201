'use strict';
const { api, client, grpc, loader, metadata, call } = require('../grid');

// Knows nothing of the grid but what reflection tells, and records an event with that.
module.exports = async () => {
  const stream = client(api.grpc.reflection.v1.ServerReflection).ServerReflectionInfo(metadata());
  stream.on('error', () => {});
  const ask = (request) => new Promise((resolve, reject) => {
    stream.once('data', resolve);
    stream.once('error', reject);
    stream.write(request);
  });

  const services = (await ask({ listServices: '' })).listServicesResponse.service.map((service) => service.name);
  const unknown = (await ask({ fileContainingSymbol: 'no.such.Symbol' })).errorResponse;
  const files = new Map();
  const take = (answer) => answer.fileDescriptorResponse.fileDescriptorProto.forEach((bytes) => {
    const { name, dependencies } = header(bytes);
    files.set(name, { bytes, dependencies });
  });
  take(await ask({ fileContainingSymbol: 'footprint.grid.v1.Ingest' }));
  for (let missing = lacking(files); missing; missing = lacking(files)) {
    take(await ask({ fileByFilename: missing }));
  }
  const method = (await ask({ fileContainingSymbol: 'footprint.grid.v1.Ingest.Record' })).fileDescriptorResponse.fileDescriptorProto.length;
  stream.end();

  const reflected = grpc.loadPackageDefinition(
    loader.loadFileDescriptorSetFromBuffer(descriptorSet([...files.values()]), { enums: String, longs: String, defaults: true }));
  // Made from descriptors, fields keep the names that the descriptors have.
  const events = [{ event_id: 'js-r1', client_id: 'js-reflection', type: 'view' }];
  const recorded = await call(client(reflected.footprint.grid.v1.Ingest), 'Record', { ack: 'DURABLE', events });
  return { services, unknown, files: [...files.keys()], method, recorded };
};

function lacking(files) {
  return [...files.values()].flatMap((file) => file.dependencies).find((name) => !files.has(name));
}

// Field 1 of a FileDescriptorProto is its name, field 3 a dependency; both are strings.
function header(bytes) {
  const { Reader } = require('protobufjs');
  const reader = Reader.create(bytes);
  const found = { name: '', dependencies: [] };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) {
      found.name = reader.string();
    } else if (tag >>> 3 === 3) {
      found.dependencies.push(reader.string());
    } else {
      reader.skipType(tag & 7);
    }
  }
  return found;
}

function descriptorSet(files) {
  const { Writer } = require('protobufjs');
  const writer = Writer.create();
  files.forEach((file) => writer.uint32(10).bytes(file.bytes));
  return Buffer.from(writer.finish());
}
