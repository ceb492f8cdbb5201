using Microsoft.Data.Sqlite;

namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>The whole chain from stream to checker against a node that does lose a write: it must be found out.</summary>
public sealed class LostWriteTests
{
    [Fact]
    public async Task Store_ThatDropsOneAcknowledgedWrite_IsFoundOut()
    {
        using var folder = new TempFolder();
        using var run = new NodeFaultRun("lost", 1);
        var settings = new NodeSettings { Data = folder.Path };
        await using (var node = await NodeProcess.StartAsync(settings))
        {
            await run.FinishAsync(node);
            using var client = NodeFaultRun.Client(node);
            await run.RecordAsync(client, new HistoryEvent("the-last-one", run.Clients.Ids.First(), "view", "the-last-item"));
            run.History.Add(new HistoryLine(HistoryLine.Killed));
            await node.KillAsync();
        }

        DropTheLastWrite(folder.Path);

        await using (var node = await NodeProcess.StartAsync(settings))
        {
            run.History.Add(new HistoryLine(HistoryLine.Restarted));
            await run.ObserveAsync(node);
        }

        var violation = Assert.Single(run.Violations());
        Assert.StartsWith("lost: the-last-one was acknowledged and is not in ", violation);
    }

    /// <summary>Deletes the newest row of the journal behind the node's back.</summary>
    private static void DropTheLastWrite(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM segments WHERE lsn = (SELECT MAX(lsn) FROM segments)";
        Assert.Equal(1, delete.ExecuteNonQuery());
    }
}
