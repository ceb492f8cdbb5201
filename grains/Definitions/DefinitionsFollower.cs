using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>
/// Keeps one tenant's replica current: asks the grain for what changed since the version that is here, which is held
/// until something does, and applies it. Too far behind, it reads everything anew.
/// </summary>
internal sealed partial class DefinitionsFollower(
    DefinitionsReplica replica, Func<Payload, Task<Payload>> ask, string silo, TimeProvider time, ILogger<DefinitionsFollower> logger)
{
    /// <summary>A question that is not answered by then is asked anew; a change after a failure is so seen within two seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.5);

    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A snapshot in the making: read while the definitions changed, it is good once it followed up to there.
    private TenantDefinitions? _read;
    private ulong _through;
    private long _current;

    /// <summary>Time since the owner last said that the replica is current; null before it ever did.</summary>
    public TimeSpan? Staleness => Volatile.Read(ref _current) is var at && at == 0 ? null : time.GetElapsedTime(at);

    /// <summary>Reads everything for a start, so that the silo has a snapshot before it is asked.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task PullAsync(CancellationToken cancel)
    {
        (TenantDefinitions read, ulong through) = await replica.ReadAsync(null, cancel);
        Take(read, through);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogFailed(logger, e, replica.Tenant);
                await Task.WhenAny(Task.Delay(Pause, time, stop));
            }
        }

        await LeaveAsync();
    }

    /// <summary>One question and what follows from its answer.</summary>
    public async Task StepAsync(CancellationToken stop)
    {
        TenantDefinitions start = _read ?? replica.Current;
        var question = new FollowRequest { Follower = silo, From = start.Version };
        Payload payload = await ask(new Payload(0, 0, question.ToByteArray())).WaitAsync(Limit, time, stop);
        if (payload.Kind == (byte)PayloadKind.Fault)
        {
            throw FaultCodec.Decode(payload.Body);
        }

        var version = (ulong)payload.Number;
        FollowResponse answer = FollowResponse.Parser.ParseFrom(payload.Body.Span);
        if (answer.Behind)
        {
            (TenantDefinitions read, ulong through) = await replica.ReadAsync(null, stop);
            if (read.Version < replica.Current.Version && read.Version == through)
            {
                LogPutBack(logger, replica.Tenant, read.Version);
                replica.PutBack(read);
            }

            Take(read, through);
            return;
        }

        foreach (DefinitionsChanged change in answer.Definitions)
        {
            // The owner may live here and have published its own by now.
            if (change.From == start.Version && (_read is not null || replica.Current.Version < change.To))
            {
                start = replica.Follow(start, [.. change.Rows.Select(Row)], change.To);
            }
        }

        Take(start, _read is null ? start.Version : _through);
        if (replica.Current.Version == version)
        {
            Volatile.Write(ref _current, time.GetTimestamp());
        }
    }

    private static DefinitionRow Row(DefinitionsRow row) => DefinitionRow.Named(row.Name, row.Data.IsEmpty ? null : row.Data.ToByteArray());

    private void Take(TenantDefinitions definitions, ulong through)
    {
        if (definitions.Version >= through)
        {
            _read = null;
            replica.Publish(definitions);
        }
        else
        {
            (_read, _through) = (definitions, through);
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            var question = new FollowRequest { Follower = silo, Leaves = true };
            await ask(new Payload(0, 0, question.ToByteArray())).WaitAsync(Limit, time);
        }
        catch (Exception e)
        {
            // Nobody waits for it for long anyway.
            LogFailed(logger, e, replica.Tenant);
        }
    }
}
