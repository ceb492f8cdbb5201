namespace Footprint.Grid.Engine;

/// <summary>Seeds for turns: all different from one start, from any thread. The numbers are SplitMix64 (Steele, Lea, Flood 2014).</summary>
public sealed class SeedSource(ulong start)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state = start;

    public ulong Next()
    {
        ulong z = Interlocked.Add(ref _state, Gamma);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
