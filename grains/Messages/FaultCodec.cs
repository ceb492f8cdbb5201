using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Grains.Messages;

/// <summary>A <see cref="GridException"/> as a payload and back: code, message and every fault cross as they are.</summary>
internal static class FaultCodec
{
    public static Payload Encode(GridException e)
    {
        var status = new Google.Rpc.Status { Code = (int)e.Code, Message = e.Message };
        if (e.Faults.Count > 0)
        {
            var error = new Error();
            foreach (Fault fault in e.Faults)
            {
                error.Violations.Add(new Error.Types.Violation { Field = fault.Field, Message = fault.Message, Limit = fault.Limit });
            }

            status.Details.Add(Any.Pack(error));
        }

        return new Payload((byte)PayloadKind.Fault, 0, status.ToByteArray());
    }

    public static GridException Decode(ReadOnlyMemory<byte> body)
    {
        // From an array: the shared messages were generated before protobuf could read spans.
        var status = Google.Rpc.Status.Parser.ParseFrom(body.ToArray());
        var faults = new List<Fault>();
        foreach (Any detail in status.Details)
        {
            if (detail.TryUnpack(out Error error))
            {
                faults.AddRange(error.Violations.Select(v => new Fault(v.Field, v.Message, v.Limit)));
            }
        }

        return new GridException((Code)status.Code, status.Message, faults);
    }
}
