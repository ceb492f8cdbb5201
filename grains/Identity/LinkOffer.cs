namespace Footprint.Grid.Grains.Identity;

/// <summary>An anonymous client as the known one takes it over: its profile, and what an append to its journal goes onto.</summary>
internal sealed record LinkOffer(string Etag, int Length, byte[] Tombstone, byte[] Checkpoint)
{
    public byte[] Pack()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Etag);
        writer.Write(Length);
        writer.Write(Tombstone.Length);
        writer.Write(Tombstone);
        writer.Write(Checkpoint.Length);
        writer.Write(Checkpoint);
        writer.Flush();
        return stream.ToArray();
    }

    public static LinkOffer Unpack(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        return new LinkOffer(reader.ReadString(), reader.ReadInt32(), reader.ReadBytes(reader.ReadInt32()), reader.ReadBytes(reader.ReadInt32()));
    }
}
