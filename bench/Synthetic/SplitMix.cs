namespace Footprint.Grid.Bench.Synthetic;

/// <summary>Seeded random numbers that are the same everywhere (SplitMix64, Steele et al. 2014); cheap enough to make one for each thing drawn.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A sequence of its own for each pair.</summary>
    public static SplitMix For(ulong seed, ulong number)
    {
        var mixed = new SplitMix(seed + (number * 0xD1342543DE82EF95));
        mixed.Next();
        return mixed;
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to less than <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>0 to less than 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
