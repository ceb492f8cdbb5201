using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Retention;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace Footprint.Grid.Embedded.Tests.Retention;

public sealed class SweepTimesTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private readonly ManualTime _time = new();
    private readonly StoreFaults _faults = new();
    private readonly List<DateTimeOffset> _sweeps = [];
    private readonly MemoryDisk _disk = new();
    private bool _isWhole = true;

    [Fact]
    public async Task Run_RestartedEveryHourForThreeDays_SweepsOnceADay()
    {
        DateTimeOffset begin = _time.GetUtcNow();
        for (int hour = 0; hour < 72; hour++)
        {
            DateTimeOffset now = begin + (hour * _hour);
            TimeSpan due = _sweeps.Count == 0 ? SweepTimes.Settling : _sweeps[^1] + _day - now;
            await RunAsync(async () =>
            {
                await _time.ArmedAsync(due);
                _time.Advance(_hour);
                await (due <= _hour ? _time.ArmedAsync(_day) : Task.CompletedTask);
            });
        }

        Assert.Equal([_hour, 25 * _hour, 49 * _hour], _sweeps.Select(sweep => sweep - begin));
    }

    [Fact]
    public Task Run_SweepBrokenOff_IsMadeUpForSoon() => RunAsync(async () =>
    {
        _isWhole = false;
        await _time.ArmedAsync(SweepTimes.Settling);
        _time.Advance(SweepTimes.Settling);
        await _time.ArmedAsync(TimeSpan.FromMinutes(10));
        _isWhole = true;
        _time.Advance(TimeSpan.FromMinutes(10));
        await _time.ArmedAsync(_day);

        Assert.Equal(2, _sweeps.Count);
    });

    [Fact]
    public async Task Run_SweepBrokenOffByARestart_IsBegunAnewAfterIt()
    {
        _isWhole = false;
        await RunAsync(async () =>
        {
            await _time.ArmedAsync(SweepTimes.Settling);
            _time.Advance(SweepTimes.Settling);
            await _time.ArmedAsync(TimeSpan.FromMinutes(10));
        });

        await RunAsync(() => _time.ArmedAsync(SweepTimes.Settling));
    }

    [Fact]
    public Task Run_StoreIsDown_SweepsSoonAfterTheStartAndGoesOn() => RunAsync(async () =>
    {
        await _time.ArmedAsync(SweepTimes.Settling);
        _time.Advance(SweepTimes.Settling);
        await _time.ArmedAsync(_day);

        Assert.Single(_sweeps);
    }, isDown: true);

    [Fact]
    public async Task Run_ClockPutBack_WaitsNoLongerThanTheInterval()
    {
        await RunAsync(async () =>
        {
            await _time.ArmedAsync(SweepTimes.Settling);
            _time.Advance(SweepTimes.Settling);
            await _time.ArmedAsync(_day);
        });

        _time.Advance(-30 * _day);

        await RunAsync(() => _time.ArmedAsync(_day));
    }

    // A node from its start to its end.
    private async Task RunAsync(Func<Task> whileItRuns, bool isDown = false)
    {
        await using IGridStore store = new FaultyStore(new MemoryStore(_disk), _faults);
        await store.OpenAsync(CancellationToken.None).Within("the store is open");
        _faults.IsDown = isDown;
        using var stop = new CancellationTokenSource();
        Task running = new SweepTimes(store, _day, _time, NullLogger.Instance).RunAsync(SweepAsync, stop.Token);
        await whileItRuns();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within("it ends"));
        _faults.IsDown = false;
    }

    private Task<bool> SweepAsync(CancellationToken stop)
    {
        _sweeps.Add(_time.GetUtcNow());
        return Task.FromResult(_isWhole);
    }
}
