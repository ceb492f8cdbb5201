using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>
/// One client as its grain hosts it: 1. bound what is under way; 2. have the profile in memory; 3. send on what belongs to
/// the client that this one became a part of; 4. take the turn, which awaits nothing; 5. hold the answer back until what
/// it promises is durable. Turns go in between while answers wait. Used from one thread at a time.
/// </summary>
internal sealed partial class ClientCell
{
    private readonly ClientServices _services;
    private readonly Func<string, IClientGrain> _others;
    private readonly Action _leave;
    private readonly string _name;
    private readonly ClientKey _key;
    private TenantSnapshot? _tenant;
    private LiveClient? _live;
    private int _underWay;

    // Whether nobody but a sweep had asked for the client when it came to memory.
    private bool _isHereForSweep;

    /// <param name="name"><c>tenant/client_id</c>.</param>
    /// <param name="others">Finds another client by its name.</param>
    /// <param name="leave">Called when the client is not to stay in memory: somebody else wrote it, or it was erased.</param>
    /// <param name="services">What all clients share.</param>
    public ClientCell(string name, Func<string, IClientGrain> others, Action leave, ClientServices services)
    {
        (_name, _others, _leave, _services) = (name, others, leave, services);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        _key = new ClientKey(name[..Math.Max(slash, 0)], name[(slash + 1)..]);
    }

    /// <param name="request">What is to be done.</param>
    /// <param name="isAtOnce">A decision that has to wait for a budget is none: <see cref="PayloadKind.Elsewhere"/>.</param>
    public ValueTask<Payload> CallAsync(Payload request, bool isAtOnce = false)
    {
        if (_underWay >= _services.Options.MaxRequestsPerClient)
        {
            return new(FaultCodec.Encode(new GridException(
                Code.ResourceExhausted, $"{_underWay} requests of this client are under way, which is the most ({_services.Options.MaxRequestsPerClient}).")));
        }

        _underWay++;
        ValueTask<Payload> answer;
        try
        {
            answer = Begin(request, isAtOnce);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _underWay--;
            return new(Fault(e));
        }

        if (!answer.IsCompletedSuccessfully)
        {
            return EndAsync(answer);
        }

        _underWay--;
        return answer;
    }

    /// <summary>A decision's answer where nothing has to be waited for; null, or <see cref="PayloadKind.Elsewhere"/>, and nothing was done, where the client or a budget has to.</summary>
    public Payload? DecideNow(in Payload request)
    {
        if (!IsUsable(_live) || !Decisions.Is(request.Operation))
        {
            return null;
        }

        ValueTask<Payload> answer = CallAsync(request, isAtOnce: true);
        return answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("A decision of a client in memory waits for nothing.");
    }

    /// <summary>Saves what there is before the client leaves memory.</summary>
    public async Task SaveAsync(CancellationToken cancel)
    {
        if (_loading is { } loading)
        {
            await loading.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_live is { IsDead: false } live && _frozen is null)
        {
            await live.SaveAsync().WaitAsync(cancel);
        }
    }

    /// <summary>Leaves memory; whoever still waits is told.</summary>
    public void Drop() => _live?.Die();

    private ValueTask<Payload> Begin(in Payload request, bool isAtOnce)
    {
        if (request.Operation == CellOperation.EndLink)
        {
            Thaw(Encoding.UTF8.GetString(request.Body.Span));
            return default;
        }

        if (IsUsable(_live))
        {
            return Take(_live!, request, isAtOnce);
        }

        _isHereForSweep = request.Operation == CellOperation.Sweep && _underWay == 1;
        return ComeAsync(request);
    }

    private bool IsUsable(LiveClient? live) => live is { IsDead: false } && live.Epoch == _services.Redis.Epoch && _frozen is null;

    private async ValueTask<Payload> EndAsync(ValueTask<Payload> answer)
    {
        try
        {
            return await answer;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Fault(e);
        }
        finally
        {
            _underWay--;
        }
    }

    private Payload Fault(Exception e)
    {
        if (e is InvalidProtocolBufferException)
        {
            return FaultCodec.Encode(new GridException(Code.InvalidArgument, "The request is not a message of its type."));
        }

        if (e is not GridException known)
        {
            LogFault(_services.Logger, e);
            known = new GridException(Code.Internal, "The request failed because of a fault in the server.");
        }

        return FaultCodec.Encode(known);
    }

    private ValueTask<Payload> Take(LiveClient live, in Payload request, bool isAtOnce)
    {
        var operation = request.Operation;
        if (live.Actor.AliasOf is { } other && operation is >= ClientOperation.Record and <= ClientOperation.Erase and not ClientOperation.Link)
        {
            return new(new Payload((byte)PayloadKind.Redirect, 0, Encoding.UTF8.GetBytes(other)));
        }

        switch (operation)
        {
            case ClientOperation.PickContent or ClientOperation.TargetAds:
                return DecideAsync(live, request, isAtOnce);
            case ClientOperation.Record or ClientOperation.Stream or ClientOperation.ReportOutcomes:
                return RecordAsync(live, request);
            case ClientOperation.Link or ClientOperation.Unlink or CellOperation.Release:
                return LinkAsync(request);
            case ClientOperation.Erase:
                return EraseAsync(request);
            case CellOperation.BeginLink or CellOperation.BeginUnlink:
                return OfferAsync(request);
            case CellOperation.EraseAlias:
                return EraseAliasAsync(request);
            default:
                return TakeOwn(live, operation, request);
        }
    }

    private Turn Turn(IJournal journal) => _tenant!.Turn(_services.NowMs, long.MaxValue, _services.Seeds.Next(), journal);

    private static Payload Answer(IMessage message) => new((byte)PayloadKind.Answer, 0, message.ToByteArray());
}
