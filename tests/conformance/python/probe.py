"""Unary and streaming calls with grpcio against a node; prints what it saw as JSON."""

import json
import os
import queue
import sys

import grpc
from google.protobuf import json_format

from reflected import Reflected

TIMEOUT = 30
INGEST = "footprint.grid.v1.Ingest"


def unary(grid, metadata):
    record, request = grid.method(INGEST, "Record")
    batch = json_format.ParseDict(
        {"ack": "DURABLE", "events": [{"eventId": "py-e1", "clientId": "py-unary", "type": "like", "itemId": "py-i1"}]}, request())
    first = record(batch, metadata=metadata, timeout=TIMEOUT)
    again = record(batch, metadata=metadata, timeout=TIMEOUT)
    get, request = grid.method("footprint.grid.v1.Profiles", "GetProfile")
    profile = get(request(client_id="py-unary"), metadata=metadata, timeout=TIMEOUT)
    return {name: json_format.MessageToDict(message) for name, message in (("first", first), ("again", again), ("profile", profile))}


def stream(grid, metadata):
    """Ping-pong: the next message leaves only after the ack of the one before came."""
    call, request = grid.method(INGEST, "Stream")
    outgoing = queue.Queue()
    acks = call(iter(outgoing.get, None), metadata=metadata, timeout=TIMEOUT)
    seen = []
    for sequence in range(1, 21):
        outgoing.put(json_format.ParseDict(
            {"ack": "DURABLE", "sequence": sequence,
             "events": [{"eventId": f"py-s{sequence}", "clientId": "py-stream", "type": "view"}]}, request()))
        ack = next(acks)
        seen.append([ack.sequence, json_format.MessageToDict(ack)["results"][0]["status"]])
    outgoing.put(None)
    rest = list(acks)
    return {"acks": seen, "rest": len(rest), "code": acks.code().name}


def refused(grid, metadata):
    pick, request = grid.method("footprint.grid.v1.Decisions", "PickContent")
    seen = {}
    for name, keys, message in (
            ("field", metadata, request(client_id="py", placement="")),
            ("noKey", (), request(placement="home")),
            ("wrongKey", (("authorization", "Bearer wrong"),), request(placement="home"))):
        try:
            pick(message, metadata=keys, timeout=TIMEOUT)
            seen[name] = "OK"
        except grpc.RpcError as error:
            seen[name] = error.code().name
    return seen


def main():
    metadata = (("authorization", f"Bearer {os.environ['GRID_KEY']}"),)
    with grpc.insecure_channel(os.environ["GRID_TARGET"]) as channel:
        grid = Reflected(channel, metadata, TIMEOUT)
        seen = {"services": grid.services(), "unknown": grid.error_of("no.such.Symbol")}
        grid.load(INGEST, "footprint.grid.v1.Profiles", "footprint.grid.v1.Decisions")
        scenario = {"unary": unary, "stream": stream, "refused": refused}[sys.argv[1]]
        print(json.dumps({**seen, **scenario(grid, metadata)}))


main()
