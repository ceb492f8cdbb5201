using Footprint.Grid.Core.Hashing;

namespace Footprint.Grid.Grains.Batches;

/// <summary>The number by which answers name the silo that gave them. It is the endpoint's, so a silo that starts again has its old one.</summary>
internal static class SiloKey
{
    /// <summary>Of an answer that names no silo.</summary>
    public const long None = 0;

    public static long Of(SiloAddress silo) => (long)(XxHash64.Hash(silo.Endpoint.ToString()) | 1);
}
