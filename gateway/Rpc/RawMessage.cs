namespace Footprint.Grid.Gateway.Rpc;

/// <summary>A message that passes through: its bytes as they came, unread.</summary>
internal sealed class RawMessage(ReadOnlyMemory<byte> bytes)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;
}
