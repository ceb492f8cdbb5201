"""A gRPC client that knows nothing of the grid but what server reflection tells: no generated code."""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def text_field(number, text):
    data = text.encode()
    return varint(number << 3 | 2) + varint(len(data)) + data


def fields(data):
    """Yields (number, value) of a message's length-delimited and varint fields."""
    at = 0

    def read_varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        tag = read_varint()
        if tag & 7 == 2:
            length = read_varint()
            yield tag >> 3, data[at:at + length]
            at += length
        elif tag & 7 == 0:
            yield tag >> 3, read_varint()
        else:
            raise ValueError(f"unexpected wire type {tag & 7}")


class Reflected:
    def __init__(self, channel, metadata, timeout):
        self.channel = channel
        self.metadata = metadata
        self.timeout = timeout
        self.pool = descriptor_pool.DescriptorPool()
        self.factory = message_factory.MessageFactory(self.pool)
        self.known = {}

    def ask(self, request):
        # The request's bytes are made by hand, and so are those of the answer read.
        method = self.channel.stream_stream(REFLECTION, request_serializer=bytes, response_deserializer=bytes)
        return dict(fields(next(method(iter([request]), metadata=self.metadata, timeout=self.timeout))))

    def services(self):
        return [dict(fields(entry))[1].decode() for _, entry in fields(self.ask(text_field(7, "*"))[6])]

    def error_of(self, symbol):
        return dict(fields(self.ask(text_field(4, symbol))[7]))[1]

    def load(self, *symbols):
        for symbol in symbols:
            self.take(self.ask(text_field(4, symbol)))
        while True:
            missing = [name for file in self.known.values() for name in file.dependency if name not in self.known]
            if not missing:
                break
            self.take(self.ask(text_field(3, missing[0])))
        added = set()

        def add(file):
            if file.name in added:
                return
            added.add(file.name)
            for name in file.dependency:
                add(self.known[name])
            self.pool.AddSerializedFile(file.SerializeToString())

        for file in list(self.known.values()):
            add(file)

    def take(self, answer):
        for _, data in fields(answer[4]):
            file = descriptor_pb2.FileDescriptorProto.FromString(data)
            self.known[file.name] = file

    def message(self, name):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def method(self, service, name):
        """A callable for a method, and the class of its request."""
        found = self.pool.FindServiceByName(service).FindMethodByName(name)
        proto = descriptor_pb2.ServiceDescriptorProto()
        self.pool.FindServiceByName(service).CopyToProto(proto)
        shape = next(method for method in proto.method if method.name == name)
        request = self.message(found.input_type.full_name)
        response = self.message(found.output_type.full_name)
        kind = ("stream" if shape.client_streaming else "unary") + "_" + ("stream" if shape.server_streaming else "unary")
        call = getattr(self.channel, kind)(
            f"/{service}/{name}", request_serializer=request.SerializeToString, response_deserializer=response.FromString)
        return call, request
