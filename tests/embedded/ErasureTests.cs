using System.Text;
using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Memory;
using Footprint.Grid.Embedded.Stores.Sqlite;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Tests;

public sealed class ErasureTests
{
    [Fact]
    public async Task Erase_Sqlite_LeavesNoTraceInTheFiles()
    {
        const string Secret = "a-topic-nobody-may-ever-read-again";
        var directory = new TempDirectory();
        await using EmbeddedHarness harness = await EmbeddedHarness.StartAsync(
            () => new SqliteStore(directory.Path, TimeProvider.System), cleanUp: directory.Delete);
        var call = new CallContext("default", DateTimeOffset.UtcNow.AddSeconds(50), CancellationToken.None);
        var request = new RecordRequest
        {
            Ack = RecordRequest.Types.Ack.Durable,
            Events =
            {
                new FootprintEvent { ClientId = "c1", Type = "view", Topics = { new TopicWeight { Topic = Secret, Weight = 1 } } },
                new FootprintEvent { ClientId = "c2", Type = "view", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } },
            },
        };
        await harness.Clients.RecordAsync(request, call).Within("recorded");
        Assert.Contains(Secret, Content(directory), StringComparison.Ordinal);

        // Once from the journal alone, once from a checkpoint and a journal found at a start.
        await harness.KillAsync();
        await harness.Clients.EraseAsync(new EraseRequest { ClientId = "c1" }, call).Within("erased");

        await Patience.Until(() => !Content(directory).Contains(Secret, StringComparison.Ordinal), "the erased bytes leave the files");
        Profile other = await harness.Clients.GetProfileAsync(new GetProfileRequest { ClientId = "c2" }, call).Within("read");
        Assert.Equal("golf", Assert.Single(other.Interests).Topic);
    }

    [Fact]
    public async Task Erase_Sqlite_LeavesNoIdentifierAndLateEventsStayOut()
    {
        const string Secret = "an-identifier-nobody-may-ever-read-again";
        var directory = new TempDirectory();
        await using EmbeddedHarness harness = await EmbeddedHarness.StartAsync(
            () => new SqliteStore(directory.Path, TimeProvider.System), cleanUp: directory.Delete);
        var call = new CallContext("default", DateTimeOffset.UtcNow.AddSeconds(50), CancellationToken.None);
        await harness.Clients.RecordAsync(View(Secret, "e1"), call).Within("recorded");
        await harness.Clients.LinkAsync(new LinkRequest { ClientId = Secret, AnonymousId = Secret + "-cookie" }, call).Within("linked");
        Assert.Contains(Secret, Content(directory), StringComparison.Ordinal);

        await harness.Clients.EraseAsync(new EraseRequest { ClientId = Secret }, call).Within("erased");

        await Patience.Until(() => !Content(directory).Contains(Secret, StringComparison.Ordinal), "the identifier leaves the files");
        await harness.RestartAsync();
        foreach (string id in new[] { Secret, Secret + "-cookie" })
        {
            RecordRequest late = View(id, "e2");
            late.Events[0].Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(-5));
            RecordResponse refused = await harness.Clients.RecordAsync(late, call).Within("answered");
            Assert.Equal("FAILED_PRECONDITION", Assert.Single(refused.Results).Error.Code);
        }

        Assert.DoesNotContain(Secret, Content(directory), StringComparison.Ordinal);
        RecordResponse anew = await harness.Clients.RecordAsync(View(Secret, "e3"), call).Within("recorded");
        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single(anew.Results).Status);
        await harness.RestartAsync();
        Profile profile = await harness.Clients.GetProfileAsync(new GetProfileRequest { ClientId = Secret }, call).Within("read");
        Assert.Equal(1UL, Assert.Single(profile.Counters).Total);
    }

    [Fact]
    public async Task Erase_ReceiptOfSqlite_SaysWhatGoesByWhenAndWhatRemains()
    {
        EmbeddedOptions options = EmbeddedHarness.SmallOptions();
        await using EmbeddedHarness harness = await EmbeddedHarness.StartAsync(() => new MemoryStore(new MemoryDisk()), options);
        (options.Store, options.DataDirectory) = (StoreKind.Sqlite, "not used");
        await harness.RestartAsync();
        var call = new CallContext("default", DateTimeOffset.UtcNow.AddSeconds(50), CancellationToken.None);

        EraseResponse receipt = await harness.Clients.EraseAsync(new EraseRequest { ClientId = "c" }, call).Within("erased");

        Assert.All(receipt.Copies, copy => Assert.Equal(receipt.ErasedAt, copy.UnusedSince));
        Assert.All(receipt.Copies, copy => Assert.True(copy.GoneBy is not null || copy.Remains.Length > 0, copy.Name));
        EraseResponse.Types.Copy files = Assert.Single(receipt.Copies, copy => copy.Name.StartsWith("files", StringComparison.Ordinal));
        Assert.Equal(3600, files.GoneBy.Seconds - receipt.ErasedAt.Seconds);
    }

    [Fact]
    public async Task Start_WithAnotherSecret_IsRefused()
    {
        var disk = new MemoryDisk();
        await using EmbeddedHarness harness = await EmbeddedHarness.StartAsync(() => new MemoryStore(disk));

        await Assert.ThrowsAsync<StoreException>(() => EmbeddedHarness.StartAsync(() => new MemoryStore(disk)));
    }

    private static RecordRequest View(string client, string id) => new()
    {
        Ack = RecordRequest.Types.Ack.Durable,
        Events = { new FootprintEvent { EventId = id, ClientId = client, Type = "view", ItemId = "item" } },
    };

    private static string Content(TempDirectory directory)
    {
        var all = new StringBuilder();
        foreach (string file in Directory.GetFiles(directory.Path, "*.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            all.Append(reader.ReadToEnd());
        }

        return all.ToString();
    }
}
