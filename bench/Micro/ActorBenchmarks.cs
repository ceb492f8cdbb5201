using BenchmarkDotNet.Attributes;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Micro;

/// <summary>What turns cost without network, engine and store.</summary>
[MemoryDiagnoser]
public class ActorBenchmarks
{
    private readonly ActorSubject _subject = new();
    private readonly ActorSubject _withholding = new ActorSubject().Withholding();

    [Benchmark(Baseline = true, Description = "pick 10 of 10,000 items")]
    public PickContentResponse Pick() => _subject.Pick();

    [Benchmark(Description = "the same, two categories withheld")]
    public PickContentResponse PickWithheld() => _withholding.Pick();

    [Benchmark(Description = "pick 10 of 100 candidates")]
    public PickContentResponse PickAmong() => _subject.PickAmong();

    [Benchmark(Description = "record an event")]
    public RecordResult Record() => _subject.Record();

    [Benchmark(Description = "checkpoint a profile")]
    public byte[] Checkpoint() => _subject.Checkpoint();

    [Benchmark(Description = "load a profile")]
    public ClientActor Load() => _subject.Load();
}
