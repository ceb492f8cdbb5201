using System.Globalization;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Retention;

/// <inheritdoc cref="IRetentionGrain"/>
/// <remarks>
/// A reminder begins a sweep; a timer takes it on batch by batch, so that no call lasts long and Redis has time for others. A sweep
/// that is lost with its silo begins anew with the next reminder.
/// </remarks>
[GrainType("retention")]
internal sealed partial class RetentionGrain(
    RetentionOptions options, RetentionSweeper sweeper, IGrainFactory grains, TimeProvider time, ILogger<RetentionGrain> logger)
    : Grain, IRetentionGrain, IRemindable
{
    private static readonly TimeSpan _betweenBatches = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _wakeLimit = TimeSpan.FromSeconds(5);

    private IGrainTimer? _sweep;
    private long _cursor;
    private long _removed;
    private long _cutoffMs;

    // The period is in the name, since a reminder does not tell it; to register it anew would put it off at every start.
    private string Reminder => string.Create(CultureInfo.InvariantCulture, $"sweep-{options.Every.TotalMinutes:0}");

    public async Task ArrangeAsync()
    {
        var wanted = options.MaxIdle is null ? null : Reminder;
        var there = false;
        foreach (var reminder in await this.GetReminders())
        {
            if (reminder.ReminderName == wanted)
            {
                there = true;
            }
            else
            {
                await this.UnregisterReminder(reminder);
            }
        }

        if (wanted is not null && !there)
        {
            await this.RegisterOrUpdateReminder(wanted, options.Every, options.Every);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (options.MaxIdle is { } idle && _sweep is null)
        {
            _cursor = _removed = 0;
            _cutoffMs = (time.GetUtcNow() - idle).ToUnixTimeMilliseconds();
            _sweep = this.RegisterGrainTimer(
                StepAsync, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = _betweenBatches, KeepAlive = true });
        }

        return Task.CompletedTask;
    }

    private async Task StepAsync(CancellationToken cancel)
    {
        var tenant = this.GetPrimaryKeyString();
        try
        {
            var batch = await sweeper.StepAsync(tenant, _cursor, _cutoffMs, cancel);
            _cursor = batch.Cursor;
            _removed += batch.Removed;
            foreach (var client in batch.Unfolded)
            {
                await WakeAsync($"{tenant}/{client}", client);
            }
        }
        catch (StoreException e)
        {
            LogBroken(logger, tenant, e);
            End();
            return;
        }

        if (_cursor == 0)
        {
            LogDone(logger, tenant, _removed);
            End();
        }
    }

    private void End()
    {
        _sweep?.Dispose();
        _sweep = null;
    }

    /// <summary>Brings a client into memory whose journal outlived its silo; when it leaves, its journal is folded and can be judged.</summary>
    private async Task WakeAsync(string key, string client)
    {
        try
        {
            var deadline = (time.GetUtcNow() + _wakeLimit).ToUnixTimeMilliseconds();
            var request = Payload.Request(ClientOperation.GetProfile, false, deadline, new GetProfileRequest { ClientId = client }.ToByteArray());
            await grains.GetGrain<IClientGrain>(key).CallAsync(request).AsTask().WaitAsync(_wakeLimit, time);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            LogAsleep(logger, e);
        }
    }
}
