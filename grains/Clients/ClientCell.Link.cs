using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Identity;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>
/// How two clients become one. The known one asks the other for its profile, which does not change from then on, and
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
        LinkRequest link = LinkRequest.Parser.ParseFrom(request.Body.Span);
        RequestValidator.Check(link);
        for (int tries = 1; ; tries++)
        {
            while (_linking is { } before)
            {
                await before.Task.ByAsync(request.Number, _services.Time);
            }

            _linking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            bool isMerging = false;
            try
            {
                Payload offer = await AskAsync(link.AnonymousId, CellOperation.BeginLink, Encoding.UTF8.GetBytes(_key.ClientId), request.Number);
                if (offer.Kind == (byte)PayloadKind.Answer)
                {
                    await ArriveAsync(request.Number);
                    LiveClient live = _live ?? throw Damaged();
                    Payload answer = Merge(live, link, LinkOffer.Unpack(offer.Body), out isMerging);
                    live.Flush();
                    await WhenDurableAsync(live, request.Number);
                    return answer;
                }

                GridException fault = FaultCodec.Decode(offer.Body);
                if (fault.Code != Code.Aborted || tries == MaxTries)
                {
                    return offer;
                }
            }
            finally
            {
                await EndLinkAsync(link.AnonymousId, isMerging, request.Number);
            }

            await Task.Delay(_pause, _services.Time);
        }
    }

    private Payload Merge(LiveClient live, LinkRequest link, LinkOffer offer, out bool isMerging)
    {
        var other = new ClientActor(new ClientKey(_key.Tenant, link.AnonymousId), ProfileCodec.Decode(offer.Checkpoint));
        var journal = new LinkJournal(live);
        isMerging = live.Actor.Link(Turn(journal), other);
        if (isMerging)
        {
            string anonymous = $"{_key.Tenant}/{link.AnonymousId}";
            live.JoinNext(new AppendGroup(
                anonymous, offer.Etag, offer.Length, _services.Store.Grave(anonymous, offer.Tombstone), journal.OfAnonymous));
        }

        return Answer(new LinkResponse { ClientId = _key.ClientId, ProfileVersion = live.Actor.Profile.Version, Merged = isMerging });
    }

    // The next link of this client waits until this one's write is decided, whether or not its caller still does.
    private async Task EndLinkAsync(string anonymous, bool isMerging, long deadlineMs)
    {
        if (isMerging && _live is { } live && !live.WhenDurable().IsCompleted)
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
                return Offer(live, known);
            }

            await live.Settled.ByAsync(request.Number, _services.Time);
        }
    }

    private Payload Offer(LiveClient live, string known)
    {
        AppendGroup tail = live.Tail([]);
        if (live.Actor.AliasOf is null && live.Actor.Aliases.Count == 0)
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
