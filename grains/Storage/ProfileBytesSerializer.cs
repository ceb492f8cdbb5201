using Orleans.Storage;

namespace Footprint.Grid.Grains.Storage;

/// <summary>Hands a checkpoint's bytes to grain storage as they are, so that a node reads what a cluster wrote.</summary>
internal sealed class ProfileBytesSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => input is ProfileBytes bytes
        ? BinaryData.FromBytes(bytes.Data)
        : throw new NotSupportedException($"Only checkpoints are stored here, not {typeof(T)}.");

    public T Deserialize<T>(BinaryData input) => new ProfileBytes { Data = input.ToMemory() } is T bytes
        ? bytes
        : throw new NotSupportedException($"Only checkpoints are stored here, not {typeof(T)}.");
}
