using System.Globalization;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>Orders the deltas of all silos for one shard of a tenant's items, keeps them, and gives them back to every silo.</summary>
[GrainType("fg.knowledge")]
internal sealed class KnowledgeGrain : Grain, IKnowledgeGrain
{
    /// <summary>How long a question for entries is held.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    private const int MostBytesOfAnswer = 4 << 20;

    private readonly TimeProvider _time;
    private readonly KnowledgeLog _log;

    public KnowledgeGrain(IGridRedis redis, TenantSnapshots tenants, TimeProvider time, ILogger<KnowledgeGrain> logger)
    {
        _time = time;
        string key = this.GetPrimaryKeyString();
        int slash = key.LastIndexOf('/');
        int shard = int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        var store = new KnowledgeStore(redis, key[..slash], shard);

        // As long as it is not known what the catalog has, nothing goes.
        TenantSnapshot? tenant = tenants.Find(key[..slash]);
        var room = new StoredRoom(store, id => tenant is { IsLoaded: true } && KnowledgeBase.MayGo(id, tenant.Definitions.Items, tenant.Definitions.Campaigns));
        _log = new KnowledgeLog(store, room, time, key, logger);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = KnowledgeLog.FoldAfter, Period = KnowledgeLog.FoldAfter / 2, Interleave = true });
        return Task.CompletedTask;
    }

    private Task Tick(CancellationToken cancel)
    {
        _log.Tick();
        return Task.CompletedTask;
    }

    public async Task<Payload> AddAsync(Payload delta)
    {
        try
        {
            byte[] bytes = delta.Body.ToArray();
            await _log.AddAsync(KnowledgeDelta.Parser.ParseFrom(bytes), bytes);
            return new Payload((byte)PayloadKind.Answer, 0, default);
        }
        catch (StoreException e)
        {
            return FaultCodec.Encode(new GridException(Code.Unavailable, e.Message));
        }
    }

    public async Task<Payload> FollowAsync(Payload request)
    {
        try
        {
            FollowRequest poll = FollowRequest.Parser.ParseFrom(request.Body.Span);
            await _log.OpenAsync();
            if (_log.Last == poll.From)
            {
                await Task.WhenAny(_log.Changed, Task.Delay(Hold, _time));
            }

            var answer = new FollowResponse();
            answer.Behind = _log.Last != poll.From && !_log.TryRead(poll.From, MostBytesOfAnswer, answer.Knowledge);
            return new Payload((byte)PayloadKind.Answer, (long)_log.Last, answer.ToByteArray());
        }
        catch (StoreException e)
        {
            return FaultCodec.Encode(new GridException(Code.Unavailable, e.Message));
        }
    }
}
