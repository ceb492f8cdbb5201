namespace Footprint.Grid.Grains.Batches;

/// <summary>A lane to each silo that answers have named.</summary>
internal sealed class SiloLanes(IGrainFactory grains)
{
    /// <summary>Endpoints that silos may have had while this process ran; clients of further ones are asked themselves.</summary>
    private const int MostLanes = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _numbers = [];
    private readonly SiloLane?[] _lanes = new SiloLane?[MostLanes];

    /// <summary>The lane of that number; null when there is none.</summary>
    public SiloLane? At(int number) => Volatile.Read(ref _lanes[number]);

    /// <summary>The number of the silo's lane, which is made when there is none; -1 when there are too many.</summary>
    public int Of(long silo)
    {
        lock (_lock)
        {
            if (_numbers.TryGetValue(silo, out int known))
            {
                return known;
            }

            if (_numbers.Count == MostLanes)
            {
                return -1;
            }

            int number = _numbers.Count;
            Volatile.Write(ref _lanes[number], new SiloLane(grains.GetGrain<ISiloGrain>(silo)));
            _numbers.Add(silo, number);
            return number;
        }
    }
}
