using Footprint.Grid.Grains.Engine;

namespace Footprint.Grid.Grains.Messages;

/// <summary>
/// All that crosses between processes: a kind, a number and bytes that nobody changes any more, so that Orleans copies
/// nothing. In a request the kind is the operation and, in its highest bit, the privacy signal; the number is the deadline in milliseconds since the epoch; in an
/// answer the kind is a <see cref="PayloadKind"/> and the number, of decisions, the <see cref="Batches.SiloKey"/> of the client's silo.
/// </summary>
[Immutable]
internal readonly struct Payload(byte kind, long number, ReadOnlyMemory<byte> body)
{
    private const byte PrivacySignal = 0x80;

    public byte Kind { get; } = kind;

    public long Number { get; } = number;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Of a request.</summary>
    public ClientOperation Operation => (ClientOperation)(Kind & ~PrivacySignal);

    /// <summary>Of a request: the caller's browser asks for privacy.</summary>
    public bool HasPrivacySignal => (Kind & PrivacySignal) != 0;

    public static Payload Request(ClientOperation operation, bool hasPrivacySignal, long deadlineMs, ReadOnlyMemory<byte> body) =>
        new((byte)((int)operation | (hasPrivacySignal ? PrivacySignal : 0)), deadlineMs, body);
}
