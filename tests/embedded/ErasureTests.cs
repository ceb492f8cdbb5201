using System.Text;
using Footprint.Grid.Conformance;
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
