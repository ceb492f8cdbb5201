using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Erasure;

/// <summary>
/// Proves an erasure from outside: plants canaries in a client, sees every one of them in the store's raw bytes, erases
/// the client, and sees none any more. A canary that was not seen before would prove nothing by being absent after.
/// </summary>
internal sealed class ErasureProof(IClientEngine engine, IDefinitionsEngine definitions, IRawStore raw, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>False when some canary was not seen before, or is still seen after.</summary>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        var canaries = new Canaries();
        await canaries.PlantAsync(engine, definitions, Call(stop));
        var started = time.GetTimestamp();
        List<string> unseen;
        do
        {
            await canaries.ActAsync(engine, Call(stop));
            await raw.SettleAsync(stop);
            var seen = canaries.FindIn(await raw.ReadAsync(stop)).ToHashSet();
            unseen = [.. canaries.Texts.Keys.Except(seen)];
            await Task.Delay(unseen.Count > 0 ? _pause : TimeSpan.Zero, time, stop);
        }
        while (unseen.Count > 0 && time.GetElapsedTime(started) < _limit);

        await output.WriteLineAsync($"{canaries.Texts.Count - unseen.Count} of {canaries.Texts.Count} canaries are in the raw bytes before the erasure.");
        if (unseen.Count > 0)
        {
            await output.WriteLineAsync($"Not there, so their absence would prove nothing: {string.Join(", ", unseen)}.");
            return false;
        }

        var receipt = await engine.EraseAsync(new EraseRequest { ClientId = canaries.ClientId }, Call(stop));
        started = time.GetTimestamp();
        List<string> left;
        do
        {
            await Task.Delay(_pause, time, stop);
            await raw.SettleAsync(stop);
            left = [.. canaries.FindIn(await raw.ReadAsync(stop))];
        }
        while (left.Count > 0 && time.GetElapsedTime(started) < _limit);

        await output.WriteLineAsync($"{left.Count} are after it{(left.Count == 0 ? "" : ": " + string.Join(", ", left))}.");
        foreach (var copy in receipt.Copies)
        {
            var gone = copy.GoneBy is null ? "" : $", gone by {copy.GoneBy.ToDateTime():yyyy-MM-dd HH:mm:ss} UTC";
            var remains = copy.Remains.Length == 0 ? "" : $": {copy.Remains}";
            await output.WriteLineAsync($"  {copy.Name}{gone}{remains}");
        }

        return left.Count == 0;
    }

    private CallContext Call(CancellationToken stop) => new("default", time.GetUtcNow() + _limit, stop);
}
