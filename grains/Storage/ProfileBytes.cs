namespace Footprint.Grid.Grains.Storage;

/// <summary>A checkpoint as grain storage carries it: bytes, not looked into.</summary>
internal sealed class ProfileBytes
{
    public ReadOnlyMemory<byte> Data { get; set; }
}
