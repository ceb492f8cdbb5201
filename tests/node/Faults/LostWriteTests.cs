using Footprint.Grid.V1;
using Microsoft.Data.Sqlite;

namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>The whole chain from stream to checker against a node that does lose a write: it must be found out.</summary>
public sealed class LostWriteTests
{
    [Fact]
    public async Task Store_ThatDropsOneAcknowledgedWrite_IsFoundOut()
    {
        using var folder = new TempFolder();
        using var run = new FaultRun("lost", 1);
        var settings = new NodeSettings { Data = folder.Path };
        await using (var node = await NodeProcess.StartAsync(settings))
        {
            await run.FinishAsync(node);
            await RecordOneMoreAsync(run, node);
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

    /// <summary>An acknowledged event all by itself, so that it is a write of its own.</summary>
    private static async Task RecordOneMoreAsync(FaultRun run, NodeProcess node)
    {
        var last = new HistoryEvent("the-last-one", run.Clients.Ids.First(), "view", "the-last-item");
        run.History.Add(new HistoryLine(HistoryLine.Sent) { Message = "last", Events = [last] });
        using var client = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        var recorded = await client.CallAsync(
            "/footprint.grid.v1.Ingest/Record",
            new RecordRequest
            {
                Ack = RecordRequest.Types.Ack.Durable,
                Events = { new FootprintEvent { EventId = last.Id, ClientId = last.Client, Type = last.Type, ItemId = last.Item } },
            },
            RecordResponse.Parser);
        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single(recorded.Results).Status);
        run.History.Add(new HistoryLine(HistoryLine.Acked) { Message = "last", Statuses = ["DURABLE"] });
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
