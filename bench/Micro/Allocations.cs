using System.Text.Json;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Micro;

/// <summary>
/// Bytes that each kind of turn allocates, measured now and as committed in <c>allocations.json</c>. Time differs from
/// machine to machine; this does not, so it can be held to in CI.
/// </summary>
internal static class Allocations
{
    private const int WarmUp = 3_000, Batch = 500, Batches = 8;

    // An optimizing build keeps a few things on the stack that the other does not.
#if DEBUG
    private const string Build = "Debug";
#else
    private const string Build = "Release";
#endif

    /// <summary>Of the build that runs.</summary>
    public static IReadOnlyDictionary<string, double> Expected() =>
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "allocations.json")))![Build];

    /// <summary>Each kind on its own subject, in bytes for one turn.</summary>
    public static IReadOnlyDictionary<string, double> Measure() => new Dictionary<string, double>
    {
        ["pick"] = Of(subject => subject.Pick()),
        ["pickWithheld"] = Of(subject => subject.Pick(), subject => subject.Withholding()),
        ["pickExploring"] = Of(subject => subject.Pick(), subject => subject.Learning(Placement.Types.Learning.Explore)),
        ["pickAmong100"] = Of(subject => subject.PickAmong()),
        ["record"] = Of(subject => subject.Record()),
        ["checkpoint"] = Of(subject => subject.Checkpoint()),
        ["load"] = Of(subject => subject.Load()),
    };

    // The least of some batches: what grows now and then, as a list does, is in the average of every batch alike, and
    // what the runtime allocates while it still compiles is in the first ones only.
    private static double Of(Func<ActorSubject, object> turn, Action<ActorSubject>? prepare = null)
    {
        var subject = new ActorSubject();
        prepare?.Invoke(subject);
        for (var i = 0; i < WarmUp; i++)
        {
            turn(subject);
        }

        var least = double.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Batch; i++)
            {
                turn(subject);
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Batch);
        }

        return least;
    }
}
