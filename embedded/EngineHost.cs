using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Budgets;
using Footprint.Grid.Embedded.Checkpoints;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Definitions;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Knowledge;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Reports;
using Footprint.Grid.Embedded.Retention;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Embedded.Turns;
using Footprint.Grid.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded;

/// <summary>Puts the engine together, starts it and ends it so that nothing is lost.</summary>
internal sealed partial class EngineHost : IHostedService, IAsyncDisposable
{
    private const int RecoverAtOnce = 256;

    private readonly EmbeddedOptions _options;
    private readonly IGridStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<EngineHost> _logger;
    private readonly EngineMetrics _metrics = new();
    private readonly TenantDirectory _tenants;
    private readonly CommitLog _log;
    private readonly Committer _committer;
    private readonly ResidentBound _bound;
    private readonly ColdLoader _loader;
    private readonly ClientDirectory _directory;
    private readonly Checkpointer _checkpointer;
    private readonly RetentionSweeper _retention;
    private readonly DefinitionsKeeper _definitions;
    private readonly KnowledgeKeeper _knowledge;
    private readonly BudgetKeeper _budgets;
    private readonly ReportsKeeper _reports;
    private readonly EngineLife _life;
    private readonly CancellationTokenSource _stopWork = new();
    private readonly CancellationTokenSource _stopCommits = new();
    private readonly List<Task> _work = [];
    private Task _commits = Task.CompletedTask;
    private bool _open;

    public EngineHost(EmbeddedOptions options, IGridStore store, TimeProvider time, ILoggerFactory loggers, ulong seed, IDecisionLog? decisions = null)
    {
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        (_options, _store, _time) = (options, store, time);
        _logger = loggers.CreateLogger<EngineHost>();
        _tenants = new TenantDirectory(options, decisions);
        var tombstones = new TombstoneKeys(options.Secret);
        _log = new CommitLog(options, time);
        _committer = new Committer(_log, store, options, time, _metrics, loggers.CreateLogger<Committer>());
        _bound = new ResidentBound(options, _log, _metrics);
        var quarantine = new QuarantineKeeper(store, time, _metrics, loggers.CreateLogger<QuarantineKeeper>());
        _loader = new ColdLoader(store, _log, _bound, quarantine, tombstones, _metrics, loggers.CreateLogger<ColdLoader>());
        _directory = new ClientDirectory(_log, _loader, time);
        _checkpointer = new Checkpointer(
            _log, _committer, _bound, store, options, time, tombstones, _metrics, loggers.CreateLogger<Checkpointer>());
        _retention = new RetentionSweeper(
            store, _tenants, _directory, _checkpointer, options, time, _metrics, loggers.CreateLogger<RetentionSweeper>());
        _definitions = new DefinitionsKeeper(_tenants, store, quarantine, time, _metrics, loggers.CreateLogger<DefinitionsKeeper>());
        _knowledge = new KnowledgeKeeper(
            _tenants, store, quarantine, options, time, _metrics, loggers.CreateLogger<KnowledgeKeeper>());
        _budgets = new BudgetKeeper(_tenants, store, time, _metrics, loggers.CreateLogger<BudgetKeeper>());
        _life = new EngineLife(_committer);
        _reports = new ReportsKeeper(_life, _tenants, store, time);
        var seeds = new SeedSource(seed);
        var gate = new DurableGate(_committer, time);
        Clients = new EmbeddedEngine(
            _life,
            _tenants,
            new BatchRecorder(_directory, gate, seeds, time, loggers.CreateLogger<BatchRecorder>()),
            new DecisionTurns(_directory, seeds, time),
            new ProfileTurns(_directory, _log, gate, _checkpointer, seeds, options.Store, time));
        _metrics.Gauge("footprint.grid.profiles.resident", "{profile}", "Profiles in memory.", () => _bound.Count);
        _metrics.Gauge("footprint.grid.profiles.resident.bytes", "By", "Estimated memory of profiles.", () => _bound.Bytes);
        _metrics.Gauge("footprint.grid.journal.bytes", "By", "Journal that no checkpoint covers.", () => _log.JournalBytes);
        _metrics.Gauge("footprint.grid.commit.pending", "By", "Changes that wait for the store.", () => _log.PendingBytes);
    }

    public IClientEngine Clients { get; }

    public IDefinitionsEngine Definitions => _definitions;

    public IReportsEngine Reports => _reports;

    public IEngineHealth Health => _life;

    /// <summary>Profiles in memory, and journal bytes that no checkpoint covers.</summary>
    public (long Profiles, long JournalBytes) Load => (_bound.Count, _log.JournalBytes);

    /// <summary>All clients of a tenant in memory, strangers as well.</summary>
    public int InMemory(string tenant) => _tenants.Get(tenant).Clients.Count;

    /// <summary>Sweeps for retention now; gives the number of clients that it changed, null when the store broke it off.</summary>
    public Task<int?> SweepAsync(CancellationToken cancel) => _retention.SweepAsync(cancel);

    /// <summary>Opens the store, takes up definitions and knowledge, and begins to take work.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        StoreOpening opening = await _store.OpenAsync(cancellationToken);
        _open = true;
        byte[] check = new TombstoneKeys(_options.Secret).Check;
        byte[] kept = await _store.KeepSecretCheckAsync(check, cancellationToken);
        if (!kept.AsSpan().SequenceEqual(check))
        {
            throw new StoreException("The store was first opened with another secret, by which it knows the clients that were erased. Give that one.");
        }

        _metrics.Quarantined(opening.Quarantined);
        _log.Open(opening.NextLsn, opening.JournalBytes);
        await _definitions.LoadAsync(cancellationToken);
        await _knowledge.LoadAsync(cancellationToken);
        await _budgets.LoadAsync(cancellationToken);
        CancellationToken stop = _stopWork.Token;
        _commits = Watch("commits", _committer.RunAsync(_stopCommits.Token));
        _work.Add(Watch("cold loads", _loader.RunAsync(stop)));
        _work.Add(Watch("checkpoints", _checkpointer.RunAsync(stop)));
        _work.Add(Watch("definitions", _definitions.RunAsync(stop)));
        _work.Add(Watch("retention", _retention.RunAsync(stop)));
        _work.Add(Watch("knowledge", _knowledge.RunAsync(stop)));
        _work.Add(Watch("budgets", _budgets.RunAsync(stop)));
        _work.Add(Watch("recovery", RecoverAsync(opening.Unsaved, stop)));
        _life.Started();
        LogStarted(_logger, _options.Store, opening.Unsaved.Count);
    }

    /// <summary>Takes no more work, makes everything durable and saves it, within <see cref="EmbeddedOptions.ShutdownTimeout"/>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        _life.Stopping();
        _log.Close("The node is shutting down.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.ShutdownTimeout);
        long until = (_time.GetUtcNow() + _options.ShutdownTimeout).ToUnixTimeMilliseconds();
        await _stopWork.CancelAsync();
        try
        {
            await Task.WhenAll(_work).WaitAsync(limit.Token);
            await _budgets.ReturnAllAsync(limit.Token);
            bool durable = await _committer.WaitAsync(_log.Position, until).AsTask().WaitAsync(limit.Token);
            if (durable)
            {
                MarkShown();
                await _checkpointer.SaveAllAsync(limit.Token);
                await _knowledge.SaveAllAsync(limit.Token);
            }

            LogStopped(_logger, _log.PendingBytes);
        }
        catch (OperationCanceledException)
        {
            LogUnsaved(_logger, _log.PendingBytes);
        }

        await EndAsync();
    }

    /// <summary>Ends at once and saves nothing more, as a crash would.</summary>
    public async Task KillAsync()
    {
        _open = false;
        _life.Stopping();
        _log.Close("The node was killed.");
        await _stopWork.CancelAsync();
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);

        // A start that failed half way may have left it open.
        await _store.DisposeAsync();
        _reports.Dispose();
        _stopWork.Dispose();
        _stopCommits.Dispose();
    }

    private async Task EndAsync()
    {
        await _stopCommits.CancelAsync();
        await Task.WhenAll([_commits, .. _work]);
        _committer.Dispose();
        _checkpointer.Dispose();
        _metrics.Dispose();
        await _store.DisposeAsync();
    }

    /// <summary>Brings in the clients whose journal was found at the start, so that their turn to be checkpointed comes.</summary>
    private async Task RecoverAsync(IReadOnlyCollection<ClientKey> unsaved, CancellationToken stop)
    {
        foreach (ClientKey[] keys in unsaved.Chunk(RecoverAtOnce))
        {
            await Task.WhenAll(keys.Select(key => RecoverAsync(key, stop)));
        }

        _checkpointer.OldOnesLoaded();
    }

    private async Task RecoverAsync(ClientKey key, CancellationToken stop)
    {
        if (_tenants.Find(key.Tenant) is not { } tenant)
        {
            LogForeignJournal(_logger, key.Tenant);
            return;
        }

        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _directory.GetAsync(tenant, key.ClientId, new CallContext(tenant.Name, _time.GetUtcNow().AddMinutes(1), stop));
                return;
            }
            catch (GridException) when (!stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None);
            }
            catch (GridException)
            {
                return;
            }
        }
    }

    /// <summary>What was shown is not journalled; an orderly end keeps it.</summary>
    private void MarkShown()
    {
        foreach (TenantState tenant in _tenants.All)
        {
            foreach (ClientSlot slot in tenant.Clients.Values)
            {
                lock (slot)
                {
                    if (slot is { Shown: true, State: SlotState.Ready })
                    {
                        _log.MarkDirty(slot);
                    }
                }
            }
        }
    }

    private async Task Watch(string what, Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stopWork.IsCancellationRequested)
        {
            LogBroke(_logger, e, what);
            _life.Broke($"The engine's {what} stopped working: {e.Message}");
        }
        catch (OperationCanceledException)
        {
        }
    }
}
