using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>
/// One tenant's definitions: takes changes one batch after the other, makes them durable, and tells every silo. A change
/// is answered when it is durable and every silo that follows has it; a silo that does not say so within
/// <see cref="Followers.Patience"/> is dead or cut off and not waited for.
/// </summary>
[GrainType("fg.definitions")]
internal sealed partial class DefinitionsGrain : Grain, IDefinitionsGrain
{
    /// <summary>How long a question for changes is held.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    private const int MostBytesOfAnswer = 4 << 20;

    private readonly TimeProvider _time;
    private readonly TenantMetrics _metrics;
    private readonly ILogger<DefinitionsGrain> _logger;
    private readonly Followers _followers;
    private readonly DefinitionsWriter? _writer;
    private readonly string _tenant;

    public DefinitionsGrain(
        DefinitionsReplicas replicas, DefinitionsStore store, TimeProvider time, TenantMetrics metrics, ILogger<DefinitionsGrain> logger)
    {
        (_time, _metrics, _logger) = (time, metrics, logger);
        _tenant = this.GetPrimaryKeyString();
        _followers = new Followers(time);
        _writer = replicas.Find(_tenant) is { } replica ? new DefinitionsWriter(replica, store, time, metrics, logger) : null;
    }

    public async Task<Payload> CallAsync(Payload request)
    {
        try
        {
            IMessage answer = await AnswerAsync((DefinitionsOperation)request.Kind, request.Body, DateTimeOffset.FromUnixTimeMilliseconds(request.Number));
            return new Payload((byte)PayloadKind.Answer, 0, answer.ToByteArray());
        }
        catch (GridException e)
        {
            return FaultCodec.Encode(e);
        }
    }

    public async Task<Payload> FollowAsync(Payload request)
    {
        FollowRequest poll = FollowRequest.Parser.ParseFrom(request.Body.Span);
        if (poll.Leaves)
        {
            _followers.Left(poll.Follower);
            return default;
        }

        try
        {
            TenantDefinitions current = await Writer.CurrentAsync();
            _followers.Asked(poll.Follower, poll.From);
            if (current.Version == poll.From)
            {
                await Task.WhenAny(Writer.Changed, Task.Delay(Hold, _time));
                current = await Writer.CurrentAsync();
            }

            var answer = new FollowResponse();
            answer.Behind = current.Version != poll.From && !Writer.TryRead(poll.From, MostBytesOfAnswer, answer.Definitions);
            return new Payload((byte)PayloadKind.Answer, (long)current.Version, answer.ToByteArray());
        }
        catch (GridException e)
        {
            return FaultCodec.Encode(e);
        }
    }

    private DefinitionsWriter Writer => _writer
        ?? throw new GridException(Code.FailedPrecondition, $"Tenant '{_tenant}' is not set up on this grid; it must choose its consent regime first.");

    private async Task<IMessage> AnswerAsync(DefinitionsOperation operation, ReadOnlyMemory<byte> body, DateTimeOffset deadline) => operation switch
    {
        DefinitionsOperation.UpsertItems => new UpsertItemsResponse { Version = await ChangeAsync(Of(UpsertItemsRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.GetItem => (await Writer.CurrentAsync()).Item(Of(GetItemRequest.Parser, body, r => r.ItemId)),
        DefinitionsOperation.ListItems => (await Writer.CurrentAsync()).List(ListItemsRequest.Parser.ParseFrom(body.Span)),
        DefinitionsOperation.DeleteItem => new DeleteItemResponse { Version = await ChangeAsync(Of(DeleteItemRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.UpsertCampaigns => new UpsertCampaignsResponse { Version = await ChangeAsync(Of(UpsertCampaignsRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.GetCampaign => (await Writer.CurrentAsync()).Campaign(Of(GetCampaignRequest.Parser, body, r => r.CampaignId)),
        DefinitionsOperation.ListCampaigns => (await Writer.CurrentAsync()).List(ListCampaignsRequest.Parser.ParseFrom(body.Span)),
        DefinitionsOperation.DeleteCampaign => new DeleteCampaignResponse { Version = await ChangeAsync(Of(DeleteCampaignRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.UpsertEventTypes => new UpsertEventTypesResponse { Version = await ChangeAsync(Of(UpsertEventTypesRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.GetEventType => (await Writer.CurrentAsync()).EventType(Of(GetEventTypeRequest.Parser, body, r => r.Type)),
        DefinitionsOperation.ListEventTypes => (await Writer.CurrentAsync()).List(ListEventTypesRequest.Parser.ParseFrom(body.Span)),
        DefinitionsOperation.DeleteEventType => new DeleteEventTypeResponse { Version = await ChangeAsync(Of(DeleteEventTypeRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.UpsertPlacements => new UpsertPlacementsResponse { Version = await ChangeAsync(Of(UpsertPlacementsRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.GetPlacement => (await Writer.CurrentAsync()).Placement(Of(GetPlacementRequest.Parser, body, r => r.PlacementId)),
        DefinitionsOperation.ListPlacements => (await Writer.CurrentAsync()).List(ListPlacementsRequest.Parser.ParseFrom(body.Span)),
        DefinitionsOperation.DeletePlacement => new DeletePlacementResponse { Version = await ChangeAsync(Of(DeletePlacementRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.UpsertSegments => new UpsertSegmentsResponse { Version = await ChangeAsync(Of(UpsertSegmentsRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.GetSegment => (await Writer.CurrentAsync()).Segment(Of(GetSegmentRequest.Parser, body, r => r.SegmentId)),
        DefinitionsOperation.ListSegments => (await Writer.CurrentAsync()).List(ListSegmentsRequest.Parser.ParseFrom(body.Span)),
        DefinitionsOperation.DeleteSegment => new DeleteSegmentResponse { Version = await ChangeAsync(Of(DeleteSegmentRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.UpsertProbes => new UpsertProbesResponse { Version = await ChangeAsync(Of(UpsertProbesRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        DefinitionsOperation.GetProbe => (await Writer.CurrentAsync()).Probe(Of(GetProbeRequest.Parser, body, r => r.ProbeId)),
        DefinitionsOperation.ListProbes => (await Writer.CurrentAsync()).List(ListProbesRequest.Parser.ParseFrom(body.Span)),
        DefinitionsOperation.DeleteProbe => new DeleteProbeResponse { Version = await ChangeAsync(Of(DeleteProbeRequest.Parser, body, DefinitionsEdit.Of), deadline) },
        _ => throw new GridException(Code.Unimplemented, $"Operation {(int)operation} of definitions is not known; this silo is older than who asks."),
    };

    private static T Of<TRequest, T>(MessageParser<TRequest> parser, ReadOnlyMemory<byte> body, Func<TRequest, T> then)
        where TRequest : IMessage<TRequest> => then(parser.ParseFrom(body.Span));

    private async Task<ulong> ChangeAsync(DefinitionsEdit change, DateTimeOffset deadline)
    {
        var edit = new WaitingEdit(change, deadline);
        if (!Writer.TryAdd(edit))
        {
            throw new GridException(Code.ResourceExhausted, "Too many changes of definitions wait already.");
        }

        ulong version = await edit.WaitAsync(_time, CancellationToken.None);
        int without = await _followers.HaveAsync(version);
        if (without > 0)
        {
            _metrics.Unconfirmed(without);
            LogUnconfirmed(_logger, _tenant, version, without);
        }

        return version;
    }
}
