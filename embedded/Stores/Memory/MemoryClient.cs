namespace Footprint.Grid.Embedded.Stores.Memory;

/// <summary>One client in a <see cref="MemoryDisk"/>.</summary>
internal sealed class MemoryClient
{
    public byte[] Checkpoint { get; set; } = [];

    public ulong Sequence { get; set; }

    public List<(ulong Sequence, byte[] Entry)> Journal { get; } = [];
}
