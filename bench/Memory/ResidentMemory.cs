using Footprint.Grid.Bench.Speed;
using Footprint.Grid.Embedded;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Footprint.Grid.Bench.Memory;

/// <summary>What a warm profile takes in memory beside what it takes in the store.</summary>
/// <param name="Profiles">Measured.</param>
/// <param name="ResidentBytes">Of the heap after a full collection, for each.</param>
/// <param name="StoredBytes">Of its checkpoint in the SQLite file, on average.</param>
internal sealed record ResidentMemory(int Profiles, double ResidentBytes, double StoredBytes)
{
    /// <summary>3 × the stored bytes + 2 KB.</summary>
    public double Limit => (3 * StoredBytes) + 2048;

    /// <summary>
    /// Runs the engine in this process, so that its heap can be collected. Each profile has its events and one decision
    /// behind it. As many others come first, so that what is shared has its full size before the count begins.
    /// </summary>
    public static async Task<ResidentMemory> MeasureAsync(int profiles)
    {
        var folder = Directory.CreateTempSubdirectory("footprint-bench-memory-").FullName;
        try
        {
            double resident;
            await using (var services = new ServiceCollection().AddEmbeddedEngine(new EmbeddedOptions { DataDirectory = folder }).BuildServiceProvider())
            {
                foreach (var hosted in services.GetServices<IHostedService>())
                {
                    await hosted.StartAsync(CancellationToken.None);
                }

                var world = new SpeedWorld(10_000, 2 * profiles);
                await DefineAsync(services.GetRequiredService<IDefinitionsEngine>(), world);
                var events = new WorldEvents(world);
                var engine = services.GetRequiredService<IClientEngine>();
                await MakeAsync(engine, events, 0, profiles);
                var before = GC.GetTotalMemory(forceFullCollection: true);
                await MakeAsync(engine, events, profiles, 2 * profiles);
                resident = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)profiles;
                foreach (var hosted in services.GetServices<IHostedService>())
                {
                    await hosted.StopAsync(CancellationToken.None);
                }
            }

            return new ResidentMemory(profiles, resident, Stored(folder, 2 * profiles));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task DefineAsync(IDefinitionsEngine engine, SpeedWorld world)
    {
        foreach (var chunk in Enumerable.Range(0, world.Items).Chunk(1000))
        {
            var request = new UpsertItemsRequest();
            request.Items.Add(chunk.Select(world.Item));
            await engine.UpsertItemsAsync(request, Call());
        }
    }

    private static async Task MakeAsync(IClientEngine engine, WorldEvents events, int first, int end)
    {
        foreach (var chunk in Enumerable.Range(first, end - first).Chunk(40))
        {
            var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable };
            foreach (var profile in chunk)
            {
                events.MakeProfile(profile, request.Events);
            }

            // As it comes from the wire: no string shared with what this program keeps.
            var response = await engine.RecordAsync(RecordRequest.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(request)), Call());
            if (response.Results.FirstOrDefault(r => r.Status != RecordResult.Types.Status.Durable) is { } refused)
            {
                throw new InvalidOperationException($"An event of the bench was not kept: {refused}.");
            }

            foreach (var profile in chunk)
            {
                var pick = new PickContentRequest { ClientId = SpeedWorld.ClientId(profile), Placement = "home", Count = 10 };
                engine.Release(await engine.PickContentAsync(pick, Call()));
            }
        }
    }

    private static CallContext Call() => new("default", DateTimeOffset.UtcNow.AddSeconds(60), CancellationToken.None);

    // Shut down, the engine has left a checkpoint of every profile.
    private static double Stored(string folder, int profiles)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString());
            try
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT COUNT(*), AVG(LENGTH(data)) FROM profiles";
                using var reader = command.ExecuteReader();
                reader.Read();
                return reader.GetInt32(0) == profiles
                    ? reader.GetDouble(1)
                    : throw new InvalidOperationException($"The store holds {reader.GetInt32(0)} profiles instead of {profiles}.");
            }
            catch (SqliteException)
            {
                // Another of the store's files.
            }
        }

        throw new InvalidOperationException($"No file of {folder} holds profiles.");
    }
}
