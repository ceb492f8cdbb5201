using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>How the client comes into memory.</summary>
internal sealed partial class ClientCell
{
    private Task? _loading;
    private string? _quarantined;
    private ulong _lostSequence;
    private Grave? _lostGrave;

    private async ValueTask<Payload> ComeAsync(Payload request)
    {
        var operation = request.Operation;
        _tenant = _services.Tenants.Get(_key.Tenant);
        bool decides = Decisions.Is(operation);
        try
        {
            await ArriveAsync(request.Number - (decides ? Decisions.ScoringMs : 0));
        }
        catch (GridException e) when (decides && e.Code is Code.Unavailable or Code.ResourceExhausted)
        {
            return DecideForNobody(request, isLate: true);
        }

        if (_quarantined is null)
        {
            return await Take(_live!, request, isAtOnce: false);
        }

        return operation switch
        {
            _ when decides => DecideForNobody(request, isLate: false),
            ClientOperation.Record or ClientOperation.Stream or ClientOperation.ReportOutcomes => await RecordAsync(null, request),
            ClientOperation.Erase => await EraseAsync(request),
            CellOperation.EraseAlias => await EraseAliasAsync(request),
            _ => throw Damaged(),
        };
    }

    private static GridException Damaged() => new(
        Code.DataLoss, "The client's stored profile is damaged and set aside for an operator. Nothing is recorded until it is erased.");

    /// <summary>Until the client is in memory or in quarantine, and no link is being made with it.</summary>
    /// <exception cref="GridException"><c>UNAVAILABLE</c>: not by then.</exception>
    private async ValueTask ArriveAsync(long untilMs)
    {
        while (_quarantined is null && !IsUsable(_live))
        {
            if (_frozen is { } frozen)
            {
                await frozen.Ended.ByAsync(untilMs, _services.Time);
                continue;
            }

            _live?.Die();
            Task loading = _loading ??= LoadAsync();
            await loading.ByAsync(untilMs, _services.Time);
        }
    }

    private async Task LoadAsync()
    {
        // So that the caller keeps the task before it ends.
        await Task.Yield();
        try
        {
            _tenant ??= _services.Tenants.Get(_key.Tenant);
            long epoch = _services.Redis.Epoch;
            StoredClient stored = await _services.Store.ReadAsync(_name, CancellationToken.None);
            _services.Metrics.Loaded();
            await AdmitAsync(stored, epoch);
        }
        catch (StoreException e)
        {
            LogLoadFailed(_services.Logger, e);
            _services.Metrics.StoreFailed("load");
            throw new GridException(Code.Unavailable, "The client's profile cannot be read from the store now.");
        }
        finally
        {
            _loading = null;
        }
    }

    private async Task AdmitAsync(StoredClient stored, long epoch)
    {
        ClientActor actor;
        try
        {
            actor = stored.Rebuild(_key);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a profile's bytes make the decoder throw, they are not what was written.
            await IsolateAsync(stored, e.Message);
            return;
        }

        _live = new LiveClient(actor, stored, epoch, _leave, _services);
        if (actor.Profile.IsTombstone && !stored.IsBuried)
        {
            // Erased by a version that kept the id, or by a silo that died before it was done.
            _ = _live.CheckpointAsync();
        }
    }

    private async Task IsolateAsync(StoredClient stored, string reason)
    {
        try
        {
            byte[] data = QuarantineFormat.PackProfile(stored.Checkpoint, stored.Journal);
            await _services.Store.QuarantineAsync(new QuarantineRecord(_key.Tenant, "profile", _key.ClientId, reason, _services.NowMs, data), CancellationToken.None);
        }
        catch (Exception e) when (e is StoreException or NotOwnerException)
        {
            LogQuarantineFailed(_services.Logger, e, _key.Tenant);
            throw new GridException(Code.Unavailable, "The client's profile is damaged and the store cannot set it aside now.");
        }

        _lostSequence = ulong.TryParse(stored.Etag, out ulong sequence) ? sequence : 0;
        foreach (ReadOnlyMemory<byte> entry in stored.Journal)
        {
            _lostSequence = Math.Max(_lostSequence, QuarantineFormat.Sequence(entry.Span));
        }

        _live = null;
        _lostGrave = stored.Grave;
        _quarantined = reason;
        _services.Metrics.Quarantined();
        LogQuarantined(_services.Logger, _key.Tenant, reason);
    }

    /// <summary>An erasure is the one way out of quarantine: an empty profile that goes on after the last sequence ever seen.</summary>
    private async ValueTask StartAnewAsync(long untilMs)
    {
        if (_quarantined is null)
        {
            return;
        }

        try
        {
            long epoch = _services.Redis.Epoch;
            await _services.Store.RemoveAsync(_name, CancellationToken.None);
            var actor = new ClientActor(_key, ProfileCodec.Load(new StoredProfile { JournalSequence = _lostSequence }));
            _live = new LiveClient(actor, new StoredClient(default, "", [], _lostGrave!), epoch, _leave, _services);

            // A journal that begins anywhere but at one needs a checkpoint before it.
            await _live.CheckpointAsync().ByAsync(untilMs, _services.Time);
            _quarantined = null;
        }
        catch (Exception e) when (e is StoreException or NotOwnerException)
        {
            throw new GridException(Code.Unavailable, "The damaged profile cannot be removed from the store now.");
        }
    }
}
