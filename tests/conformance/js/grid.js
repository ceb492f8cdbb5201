// What the scenarios share: the clients as grpc-js and proto-loader make them from the .proto files.
'use strict';

const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const protobuf = require('protobufjs');

const options = { longs: String, enums: String, defaults: true, oneofs: true, includeDirs: [process.env.GRID_PROTOS] };

const api = grpc.loadPackageDefinition(loader.loadSync([
  'footprint/grid/v1/ingest.proto',
  'footprint/grid/v1/decisions.proto',
  'footprint/grid/v1/profiles.proto',
  'footprint/grid/v1/definitions.proto',
  'grpc/health/v1/health.proto',
  'grpc/reflection/v1/reflection.proto',
], options));

const rpc = protobuf.parse(`
  syntax = "proto3";
  package google.rpc;
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message BadRequest {
    repeated FieldViolation field_violations = 1;
    message FieldViolation { string field = 1; string description = 2; }
  }`).root;

function client(Service, channelOptions = {}) {
  return new Service(process.env.GRID_TARGET, grpc.credentials.createInsecure(), channelOptions);
}

function metadata(key = process.env.GRID_KEY) {
  const entries = new grpc.Metadata();
  if (key) {
    entries.set('authorization', `Bearer ${key}`);
  }
  return entries;
}

// Resolves to what came of a unary call: { response } or { error }.
function call(service, method, request, { meta = metadata(), deadlineMs = 30000 } = {}) {
  return new Promise((resolve) => {
    service[method](request, meta, { deadline: Date.now() + deadlineMs }, (error, response) => {
      resolve(error ? { error: describe(error) } : { response });
    });
  });
}

function describe(error) {
  const [packed] = error.metadata ? error.metadata.get('grpc-status-details-bin') : [];
  return {
    code: grpc.status[error.code],
    details: error.details,
    status: packed ? unpack(packed) : null,
  };
}

function unpack(bytes) {
  const status = rpc.lookupType('google.rpc.Status').decode(bytes);
  return {
    code: status.code,
    message: status.message,
    details: status.details.map((any) => {
      const name = any.typeUrl.split('/').pop();
      return { type: name, ...(name === 'google.rpc.BadRequest' ? rpc.lookupType(name).decode(any.value).toJSON() : {}) };
    }),
  };
}

// Reads a stream to its end: its messages and how it ended.
function drain(stream) {
  return new Promise((resolve) => {
    const messages = [];
    let error = null;
    stream.on('data', (message) => messages.push(message));
    stream.on('error', (fault) => { error = describe(fault); });
    stream.on('status', (status) => resolve({ messages, error, code: grpc.status[status.code] }));
  });
}

module.exports = { grpc, loader, api, client, metadata, call, drain, describe };
