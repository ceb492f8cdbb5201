using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Embedded.Tests.Stores;

/// <summary>A client as stores see it, and entries with no more in them than a sequence and a text.</summary>
internal sealed class TestClient(string tenant, string id) : IJournalClient
{
    public ClientKey Key { get; } = new(tenant, id);

    public string? Etag { get; set; }

    public int Place { get; set; }

    public static byte[] Entry(ulong sequence, int textLength = 20) => new JournalEntry
    {
        Sequence = sequence,
        AliasSet = new JournalEntry.Types.AliasSet { ClientId = new string('x', textLength) },
    }.ToByteArray();

    public static ulong Sequence(ReadOnlySpan<byte> entry) => JournalEntry.Parser.ParseFrom(entry).Sequence;
}
