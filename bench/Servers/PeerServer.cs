using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using Footprint.Grid.Bench.Redis;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Bench.Servers;

/// <summary>
/// What a user would build instead of a grid: a gRPC handler that reads the profile from Redis on every request and scores
/// in process. Made as fast as that design allows: bare host, own Redis client, pooled buffers, dense scoring.
/// </summary>
internal sealed class PeerServer(RespPipeline redis, int items) : FramedHost
{
    private readonly PeerScorer _scorer = new(items);
    private readonly ConcurrentBag<PeerProfile> _profiles = [];
    private readonly string[] _itemIds = [.. Enumerable.Range(0, items).Select(SpeedWorld.ItemId)];
    private readonly SpeedWorld _world = new(items, 1);

    [ThreadStatic]
    private static HashSet<int>? _passOver;

    protected override ValueTask AnswerAsync(string path, in ReadResult read, PipeWriter writer)
    {
        var message = read.Buffer.Slice(5);
        return path == "/footprint.grid.v1.Decisions/PickContent"
            ? PickAsync(PickContentRequest.Parser.ParseFrom(message), writer)
            : RecordAsync(RecordRequest.Parser.ParseFrom(message), writer);
    }

    private async ValueTask PickAsync(PickContentRequest request, PipeWriter writer)
    {
        if (!_profiles.TryTake(out var profile))
        {
            profile = new PeerProfile();
        }

        await profile.ReadAsync(redis, request.ClientId);
        Write(Pick(profile), writer);
        _profiles.Add(profile);
    }

    private PickContentResponse Pick(PeerProfile profile)
    {
        Span<int> best = stackalloc int[10];
        Span<float> scores = stackalloc float[10];
        var count = _scorer.Score(
            profile.Affinity, profile.Topics.AsSpan(0, profile.TopicCount), profile.Recent.AsSpan(0, profile.RecentCount), _passOver ??= [], best, scores);
        var response = new PickContentResponse { DecisionId = Guid.NewGuid().ToString("N"), Personalized = true };
        for (var i = 0; i < count; i++)
        {
            response.Picks.Add(new Pick { ItemId = _itemIds[best[i]], Score = scores[i], MatchPercent = (int)Math.Min(99, scores[i]) });
        }

        return response;
    }

    private async ValueTask RecordAsync(RecordRequest request, PipeWriter writer)
    {
        var response = new RecordResponse();
        var pending = new List<Task>(request.Events.Count);
        foreach (var e in request.Events)
        {
            var topics = new int[SpeedWorld.TopicsOfItem];
            _world.TopicsOf(int.Parse(e.ItemId.AsSpan(1), CultureInfo.InvariantCulture), topics);
            pending.Add(redis.SendAsync(new PeerWrite(e, topics)).AsTask());
            response.Results.Add(new RecordResult { EventId = e.EventId, Status = RecordResult.Types.Status.Applied });
        }

        await Task.WhenAll(pending);
        Write(response, writer);
    }

    private static void Write(IMessage message, PipeWriter writer)
    {
        var length = message.CalculateSize();
        var frame = writer.GetSpan(5 + length);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
        message.WriteTo(frame.Slice(5, length));
        writer.Advance(5 + length);
    }
}
