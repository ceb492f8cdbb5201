using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Identity;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>
/// How an id comes to lead to a client, or leads there no more. The known one asks the other for its profile, which does not change from then on, and
/// writes both journals in one call, both or neither. Nobody waits in a circle: a client that is linking itself lets only
/// one with a lesser id wait for it, and whoever is sent away tries again after it has let go of its own place.
/// </summary>
internal sealed partial class ClientCell
{
    private const int MaxTries = 50;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longestLink = TimeSpan.FromSeconds(15);

    private Freeze? _frozen;
    private TaskCompletionSource? _linking;

    private async ValueTask<Payload> LinkAsync(Payload request)
    {
        LinkOrder order = LinkOrder.Of(request);
        (Payload answer, string? before) = await LinkAsync(request, order);
        if (before is not null)
        {
            await ReleaseAsync(before, order.AnonymousId, request.Number);
        }

        return answer;
    }

    // One to which the id led until now does not list it any more. It holds all the same that the id leads to one client alone.
    private async Task ReleaseAsync(string before, string anonymous, long deadlineMs)
    {
        try
        {
            await AskAsync(before, CellOperation.Release, Encoding.UTF8.GetBytes(anonymous), deadlineMs);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotTold(_services.Logger, e);
        }
    }

    // Also the other client from which the id was handed over; null when it was not.
    private async ValueTask<(Payload Answer, string? Before)> LinkAsync(Payload request, LinkOrder order)
    {
        for (int tries = 1; ; tries++)
        {
            while (_linking is { } before)
            {
                await before.Task.ByAsync(request.Number, _services.Time);
            }

            _linking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            bool isChanging = false;
            try
            {
                Payload offer = await AskAsync(order.AnonymousId, order.Begins, Encoding.UTF8.GetBytes(_key.ClientId), request.Number);
                if (offer.Kind == (byte)PayloadKind.Answer)
                {
                    await ArriveAsync(request.Number);
                    LiveClient live = _live ?? throw Damaged();
                    Payload answer = Take(live, order, LinkOffer.Unpack(offer.Body), out isChanging, out string? before);
                    live.Flush();
                    await WhenDurableAsync(live, request.Number);
                    return (answer, before);
                }

                GridException fault = FaultCodec.Decode(offer.Body);
                if (fault.Code != Code.Aborted || tries == MaxTries)
                {
                    return (offer, null);
                }
            }
            finally
            {
                await EndLinkAsync(order.AnonymousId, isChanging, request.Number);
            }

            await Task.Delay(_pause, _services.Time);
        }
    }

    private Payload Take(LiveClient live, LinkOrder order, LinkOffer offer, out bool isChanging, out string? before)
    {
        string name = $"{_key.Tenant}/{order.AnonymousId}";
        var other = new ClientActor(new ClientKey(_key.Tenant, order.AnonymousId), ProfileCodec.Decode(offer.Checkpoint));
        var journal = new LinkJournal(live);
        before = other.AliasOf;
        Payload answer = Answer(order.Take(live.Actor, Turn(journal), other));
        isChanging = journal.OfAnonymous.Count > 0;
        before = isChanging && before != _key.ClientId ? before : null;
        if (isChanging)
        {
            live.JoinNext(new AppendGroup(name, offer.Etag, offer.Length, _services.Store.Grave(name, offer.Tombstone), journal.OfAnonymous));
        }

        return answer;
    }

    // The next link of this client waits until this one's write is decided, whether or not its caller still does.
    private async Task EndLinkAsync(string anonymous, bool isChanging, long deadlineMs)
    {
        if (isChanging && _live is { } live && !live.WhenDurable().IsCompleted)
        {
            _ = EndLaterAsync(anonymous, live, deadlineMs);
            return;
        }

        await TellAsync(anonymous, deadlineMs);
        _linking!.SetResult();
        _linking = null;
    }

    private async Task EndLaterAsync(string anonymous, LiveClient live, long deadlineMs)
    {
        await live.WhenDurable();
        await TellAsync(anonymous, deadlineMs);
        _linking!.SetResult();
        _linking = null;
    }

    private async Task TellAsync(string anonymous, long deadlineMs)
    {
        try
        {
            await AskAsync(anonymous, CellOperation.EndLink, Encoding.UTF8.GetBytes(_key.ClientId), deadlineMs);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotTold(_services.Logger, e);
        }
    }

    private async ValueTask<Payload> OfferAsync(Payload request)
    {
        string known = Encoding.UTF8.GetString(request.Body.Span);
        bool isToEnd = request.Operation == CellOperation.BeginUnlink;
        while (true)
        {
            if (_linking is { } linking)
            {
                if (string.CompareOrdinal(known, _key.ClientId) >= 0)
                {
                    throw new GridException(Code.Aborted, "The client is being linked itself; try again.");
                }

                await linking.Task.ByAsync(request.Number, _services.Time);
                continue;
            }

            await ArriveAsync(request.Number);
            LiveClient live = _live ?? throw Damaged();
            if (_linking is null && live.IsSettled)
            {
                return Offer(live, known, isToEnd);
            }

            await live.Settled.ByAsync(request.Number, _services.Time);
        }
    }

    private Payload Offer(LiveClient live, string known, bool isToEnd)
    {
        AppendGroup tail = live.Tail([]);

        // Only where it may change: else it goes on at once.
        if (isToEnd == (live.Actor.AliasOf == known) && !live.Actor.IsKnown)
        {
            _frozen = new Freeze(known);
            _ = ThawLaterAsync(_frozen);
        }

        return new Payload((byte)PayloadKind.Answer, 0, new LinkOffer(tail.Etag, tail.Length, tail.Grave.Tombstone, live.Actor.Checkpoint()).Pack());
    }

    private void Thaw(string known)
    {
        if (_frozen?.Known == known)
        {
            Thaw(_frozen);
        }
    }

    // What became of the client stands in Redis: it is read anew.
    private void Thaw(Freeze frozen)
    {
        _live?.Die();
        _frozen = null;
        frozen.End();
    }

    // Whoever asked may have died in between.
    private async Task ThawLaterAsync(Freeze frozen)
    {
        await Task.WhenAny(frozen.Ended, Task.Delay(_longestLink, _services.Time));
        if (_frozen == frozen)
        {
            Thaw(frozen);
        }
    }

    private sealed class Freeze(string known)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Known { get; } = known;

        public Task Ended => _ended.Task;

        public void End() => _ended.TrySetResult();
    }
}
