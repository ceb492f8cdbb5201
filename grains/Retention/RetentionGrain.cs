using System.Globalization;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Retention;

/// <inheritdoc cref="IRetentionGrain"/>
/// <remarks>
/// A reminder begins a sweep; a timer takes it on batch by batch, so that no call lasts long and Redis has time for others. A sweep
/// that is lost with its silo begins anew with the next reminder.
/// </remarks>
[GrainType("retention")]
internal sealed partial class RetentionGrain(
    FootprintGrainsOptions options, RetentionSweeper sweeper, IGrainFactory grains, TimeProvider time, ILogger<RetentionGrain> logger)
    : Grain, IRetentionGrain, IRemindable
{
    /// <summary>The key; no tenant has such a name.</summary>
    public const string All = "*";

    private static readonly TimeSpan _betweenBatches = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private IGrainTimer? _sweep;
    private long _cursor;
    private int _swept;
    private int _moved;

    private bool IsServed => this.GetPrimaryKeyString() == All;

    public async Task ArrangeAsync()
    {
        // The interval is in the name, since a reminder does not tell it; to register it anew would put it off at every start.
        string? wanted = IsServed ? string.Create(CultureInfo.InvariantCulture, $"sweep-{options.RetentionInterval.TotalMinutes:0}") : null;
        bool isThere = false;
        foreach (IGrainReminder reminder in await this.GetReminders())
        {
            if (reminder.ReminderName == wanted)
            {
                isThere = true;
            }
            else
            {
                await this.UnregisterReminder(reminder);
            }
        }

        if (wanted is not null && !isThere)
        {
            await this.RegisterOrUpdateReminder(wanted, options.RetentionInterval, options.RetentionInterval);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Begin();
        return Task.CompletedTask;
    }

    public async Task<int> SweepAsync()
    {
        Begin();
        while (_sweep is not null)
        {
            await StepAsync(CancellationToken.None);
        }

        return _swept + _moved;
    }

    private void Begin()
    {
        if (IsServed && _sweep is null)
        {
            _cursor = _swept = _moved = 0;
            _sweep = this.RegisterGrainTimer(
                StepAsync, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = _betweenBatches, KeepAlive = true });
        }
    }

    private async Task StepAsync(CancellationToken cancel)
    {
        try
        {
            SweptBatch batch = await sweeper.StepAsync(_cursor, cancel);
            _cursor = batch.Cursor;
            foreach (ClientKey client in batch.Due)
            {
                SweepResult result = await SweepAsync(client);
                _swept += result == SweepResult.LetGo ? 1 : 0;
                _moved += result == SweepResult.MovedSegments ? 1 : 0;
            }
        }
        catch (StoreException e)
        {
            LogBroken(logger, e);
            End();
            return;
        }

        if (_cursor == 0)
        {
            LogDone(logger, _swept, _moved);
            End();
        }
    }

    private void End()
    {
        _sweep?.Dispose();
        _sweep = null;
    }

    /// <summary>Nothing when it did not; the next sweep comes by again.</summary>
    private async Task<SweepResult> SweepAsync(ClientKey client)
    {
        try
        {
            long deadline = (time.GetUtcNow() + _limit).ToUnixTimeMilliseconds();
            var request = Payload.Request(CellOperation.Sweep, false, deadline, default);
            Payload answer = await grains.GetGrain<IClientGrain>(client.ToString()).CallAsync(request).AsTask().WaitAsync(_limit, time);
            return answer.Kind == (byte)PayloadKind.Answer ? (SweepResult)answer.Number : SweepResult.Nothing;
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            LogMissed(logger, e);
            return SweepResult.Nothing;
        }
    }
}
