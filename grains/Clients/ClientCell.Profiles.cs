using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>The turns by which a client sees, corrects, permits, takes along and erases. Every change waits to be durable.</summary>
internal sealed partial class ClientCell
{
    private ValueTask<Payload> TakeOwn(LiveClient live, ClientOperation operation, in Payload request)
    {
        switch (operation)
        {
            case ClientOperation.GetProfile:
                GetProfileRequest seen = GetProfileRequest.Parser.ParseFrom(request.Body.Span);
                ThrowIfEmpty(live, seen.ClientId);
                return Hand(live, live.Actor.View(Turn(live), seen), seen.Recipient, request.Number);
            case ClientOperation.Export:
                ExportRequest taken = ExportRequest.Parser.ParseFrom(request.Body.Span);
                ThrowIfEmpty(live, taken.ClientId);
                return Hand(live, live.Actor.Export(Turn(live), taken), taken.Recipient, request.Number);
            case ClientOperation.SetConsents:
                SetConsentsRequest consents = SetConsentsRequest.Parser.ParseFrom(request.Body.Span);
                RequestValidator.Check(consents);
                var set = new SetConsentsResponse();
                live.Actor.SetConsents(Turn(live), consents, set);
                return AnswerDurablyAsync(live, set, request.Number);
            case ClientOperation.ConfirmInterest:
                ConfirmInterestRequest confirm = ConfirmInterestRequest.Parser.ParseFrom(request.Body.Span);
                RequestValidator.Check(confirm);
                var confirmed = new ConfirmInterestResponse();
                live.Actor.ConfirmInterest(Turn(live), confirm, confirmed);
                return AnswerDurablyAsync(live, confirmed, request.Number);
            case CellOperation.Sweep:
                return SweepAsync(live, request.Number);
            default:
                throw new GridException(Code.Unimplemented, $"Operation {(int)operation} is not known here.");
        }
    }

    // What goes to a recipient is on record first.
    private ValueTask<Payload> Hand(LiveClient live, IMessage response, string recipient, long deadlineMs) =>
        recipient.Length > 0 ? AnswerDurablyAsync(live, response, deadlineMs) : new(Answer(response));

    private async ValueTask<Payload> SweepAsync(LiveClient live, long deadlineMs)
    {
        SweepResult result = _services.Options.Tenants.TryGetValue(_key.Tenant, out TenantSettings? settings)
            ? live.Actor.Sweep(Turn(live), settings.Retention)
            : SweepResult.Nothing;
        if (result == SweepResult.LetGo)
        {
            // What went leaves the journal and the last checkpoint, too.
            await WhenGoneAsync(live, deadlineMs);
        }
        else if (result == SweepResult.MovedSegments)
        {
            live.Flush();
            await WhenDurableAsync(live, deadlineMs);
        }

        // A sweep may come to more clients than there is room for in memory.
        if (_isHereForSweep && _underWay == 1)
        {
            _leave();
        }

        return new Payload((byte)PayloadKind.Answer, (long)result, default);
    }

    private static void ThrowIfEmpty(LiveClient live, string clientId)
    {
        if (live.Actor.IsEmpty)
        {
            throw new GridException(Code.NotFound, $"Nothing is kept about the client '{clientId}'.");
        }
    }

    private async ValueTask<Payload> AnswerDurablyAsync(LiveClient live, IMessage response, long deadlineMs)
    {
        // What is answered is what this turn left; later turns may go in between.
        Payload answer = Answer(response);
        live.Flush();
        await WhenDurableAsync(live, deadlineMs);
        return answer;
    }

    /// <summary>Erases the ids linked to the client and then the client: should the rest fail, it still names them.</summary>
    private async ValueTask<Payload> EraseAsync(Payload request)
    {
        await StartAnewAsync(request.Number);
        var erased = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            await ArriveAsync(request.Number);
            LiveClient live = _live ?? throw Damaged();
            if (live.Actor.AliasOf is not null)
            {
                return await Take(live, request, isAtOnce: false);
            }

            if (live.Actor.Aliases.FirstOrDefault(a => !erased.Contains(a)) is not { } alias)
            {
                return await EraseAsync(live, request.Number);
            }

            erased.Add(alias);
            Payload done = await AskAsync(alias, CellOperation.EraseAlias, Encoding.UTF8.GetBytes(_key.ClientId), request.Number);
            if (done.Kind == (byte)PayloadKind.Fault)
            {
                return done;
            }
        }
    }

    private async ValueTask<Payload> EraseAliasAsync(Payload request)
    {
        bool isDamaged = _quarantined is not null;
        await StartAnewAsync(request.Number);
        await ArriveAsync(request.Number);
        LiveClient live = _live ?? throw Damaged();

        // An id that was handed over to another client meanwhile is that one's, and one that was parted stands for nobody known.
        return isDamaged || live.Actor.AliasOf == Encoding.UTF8.GetString(request.Body.Span)
            ? await EraseAsync(live, request.Number)
            : Answer(new EraseResponse());
    }

    private async ValueTask<Payload> EraseAsync(LiveClient live, long deadlineMs)
    {
        EraseResponse response = live.Actor.Erase(Turn(live));
        ErasureReceipt.Fill(response, ErasedFrom.Cluster);
        Payload answer = Answer(response);
        await WhenGoneAsync(live, deadlineMs);
        return answer;
    }

    /// <summary>Until a checkpoint of what is left has replaced journal and checkpoint; a silo that dies before has not said so.</summary>
    private async ValueTask WhenGoneAsync(LiveClient live, long deadlineMs)
    {
        Task<bool> gone = live.CheckpointAsync();
        await WhenDurableAsync(live, deadlineMs);
        await gone.ByAsync(deadlineMs, _services.Time);
        if (!await gone)
        {
            throw LiveClient.Lost();
        }
    }

    private async ValueTask<Payload> AskAsync(string client, ClientOperation operation, ReadOnlyMemory<byte> body, long deadlineMs)
    {
        Task<Payload> asked = _others($"{_key.Tenant}/{client}").CallAsync(Payload.Request(operation, hasPrivacySignal: false, deadlineMs, body)).AsTask();
        await asked.ByAsync(deadlineMs, _services.Time);
        return await asked;
    }
}
