using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Tests.Stores;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Tests.Journal;

public sealed class SegmentFormatTests
{
    [Fact]
    public void Read_Written_GivesEveryRecordBack()
    {
        var read = new List<(ClientKey, ulong, int)>();

        SegmentFormat.Read(Sample(), 7, (client, sequence, entry) => read.Add((client, sequence, entry.Length)));

        int length = TestClient.Entry(1).Length;
        Assert.Equal([(new ClientKey("t", "a"), 1UL, length), (new ClientKey("t", "ü/{b}"), 1UL, length), (new ClientKey("t", "a"), 2UL, length)], read);
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefusedWhole()
    {
        byte[] good = Sample();
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x10;
            int taken = 0;

            // A wrong count shows only after some records; whoever reads drops the segment whole.
            Assert.Throws<CorruptRecordException>(() => SegmentFormat.Read(bad, 7, (_, _, _) => taken++));
            Assert.InRange(taken, 0, 3);
        }
    }

    [Fact]
    public void Read_CutShortOrOfAnotherNumber_IsRefused()
    {
        byte[] good = Sample();
        for (int length = 0; length < good.Length; length++)
        {
            Assert.Throws<CorruptRecordException>(() => SegmentFormat.Read(good.AsMemory(0, length), 7, (_, _, _) => { }));
        }

        Assert.Throws<CorruptRecordException>(() => SegmentFormat.Read(good, 8, (_, _, _) => { }));
    }

    [Fact]
    public void TryAdd_Full_IsRefusedAndSegmentStaysReadable()
    {
        var segment = new JournalSegment(1024);
        segment.Start(1);
        var client = new TestClient("t", "a");
        int added = 0;
        while (segment.TryAdd(client, (ulong)added + 1, TestClient.Entry((ulong)added + 1)))
        {
            added++;
        }

        segment.Seal();
        int read = 0;
        SegmentFormat.Read(segment.Bytes.ToArray(), 1, (_, _, _) => read++);

        Assert.InRange(added, 5, 1024);
        Assert.Equal(added, read);
    }

    private static byte[] Sample()
    {
        var segment = new JournalSegment();
        segment.Start(7);
        var a = new TestClient("t", "a");
        var b = new TestClient("t", "ü/{b}");
        Assert.True(segment.TryAdd(a, 1, TestClient.Entry(1)));
        Assert.True(segment.TryAdd(b, 1, TestClient.Entry(1)));
        Assert.True(segment.TryAdd(a, 2, TestClient.Entry(2)));
        segment.Seal();
        return segment.Bytes.ToArray();
    }
}
