namespace Footprint.Grid.Grains.Messages;

/// <summary>
/// All that crosses between processes: a kind, a number and bytes that nobody changes any more, so that Orleans copies
/// nothing. In a request the kind is the operation and the number the deadline in milliseconds since the epoch; in an
/// answer the kind is a <see cref="PayloadKind"/>.
/// </summary>
[Immutable]
internal readonly struct Payload(byte kind, long number, ReadOnlyMemory<byte> body)
{
    public byte Kind { get; } = kind;

    public long Number { get; } = number;

    public ReadOnlyMemory<byte> Body { get; } = body;
}
