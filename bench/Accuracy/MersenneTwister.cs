namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// MT19937 (M. Matsumoto and T. Nishimura, "Mersenne twister", ACM TOMACS 1998), seeded by one number, since published splits
/// of data were drawn with it.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Words = 624, Middle = 397;
    private readonly uint[] _state = new uint[Words];
    private int _next = Words;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Words; i++)
        {
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
        }
    }

    public uint Next()
    {
        if (_next == Words)
        {
            Twist();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    /// <summary>0 to less than 1, of 53 bits, made of two draws.</summary>
    public double NextDouble() => (((Next() >> 5) * 67108864.0) + (Next() >> 6)) / 9007199254740992.0;

    private void Twist()
    {
        for (var i = 0; i < Words; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Words] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Words] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }

        _next = 0;
    }
}
