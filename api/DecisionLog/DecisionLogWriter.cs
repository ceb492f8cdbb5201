using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Footprint.Grid.Core.Decisions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.DecisionLog;

/// <summary>
/// Writes decisions and rewards as lines of JSON (<see cref="DecisionLine"/>), a series of files for each tenant. One loop
/// writes; a turn only puts its line into a queue. What the queue has no room for, or the disk refuses, is dropped and counted
/// as <c>footprint.grid.decision_log.dropped</c>: a log of samples is still one with some of them missing.
/// </summary>
internal sealed partial class DecisionLogWriter : BackgroundService, IDecisionLog
{
    private const int MostWaiting = 8192;
    private static readonly TimeSpan _afterFault = TimeSpan.FromSeconds(10);

    private readonly Channel<(string Tenant, byte[] Line)> _lines = Channel.CreateBounded<(string, byte[])>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly DecisionLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DecisionLogWriter> _logger;
    private readonly Dictionary<string, LogSeries> _series = new(StringComparer.Ordinal);
    private readonly Meter _meter = new("Footprint.Grid");
    private readonly Counter<long> _dropped;
    private DateTimeOffset _pausedUntil;

    public DecisionLogWriter(DecisionLogOptions options, TimeProvider time, ILogger<DecisionLogWriter> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _dropped = _meter.CreateCounter<long>("footprint.grid.decision_log.dropped", "{line}", "Lines that were not logged because the queue was full or the disk refused them.");
    }

    public void Decided(string tenant, in LoggedDecision decision) => Put(tenant, DecisionLine.Of(decision));

    public void Rewarded(string tenant, in LoggedReward reward) => Put(tenant, DecisionLine.Of(reward));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What waits is written before the loop ends.
        _ = _lines.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await Task.WhenAny(writing, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _lines.Reader.WaitToReadAsync(stoppingToken))
            {
                while (_lines.Reader.TryRead(out var next))
                {
                    Write(next.Tenant, next.Line);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            Close();
        }
    }

    private void Put(string tenant, byte[] line)
    {
        if (!_lines.Writer.TryWrite((tenant, line)))
        {
            _dropped.Add(1);
        }
    }

    private void Write(string tenant, byte[] line)
    {
        if (_time.GetUtcNow() < _pausedUntil)
        {
            _dropped.Add(1);
            return;
        }

        try
        {
            if (!_series.TryGetValue(tenant, out var series))
            {
                _series.Add(tenant, series = new LogSeries(_options.Folder, tenant, _options.MostBytes, _time));
            }

            series.Append(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A disk that is full is asked again after a while.
            LogRefused(fault, _options.Folder);
            _dropped.Add(1);
            _pausedUntil = _time.GetUtcNow() + _afterFault;
            Close();
        }
    }

    private void Close()
    {
        foreach (var series in _series.Values)
        {
            series.Dispose();
        }

        _series.Clear();
    }
}
