using Footprint.Grid.Core.Hashing;

namespace Footprint.Grid.Grains.Batches;

/// <summary>
/// Which lane clients were last found on: 262,144 places in 2 MiB, the last client to come to a place has it. 48 bits of a
/// client's hash tell it from others, and who is mistaken for another one is not found on that silo.
/// </summary>
internal sealed class ClientHomes
{
    private const int LaneBits = 16;
    private const int Places = 1 << 18;
    private const ulong Lane = (1UL << LaneBits) - 1;

    // The hash's upper 48 bits and the lane's number from 1; 0 where there is none.
    private readonly ulong[] _places = new ulong[Places];

    /// <summary>The lane, from 0; -1 when it is not known.</summary>
    public int Find(string client)
    {
        ulong hash = XxHash64.Hash(client);
        ulong place = Volatile.Read(ref _places[hash % Places]);
        return ((place ^ hash) & ~Lane) == 0 ? (int)(place & Lane) - 1 : -1;
    }

    public void Set(string client, int lane)
    {
        ulong hash = XxHash64.Hash(client);
        Volatile.Write(ref _places[hash % Places], (hash & ~Lane) | (uint)(lane + 1));
    }

    public void Clear(string client)
    {
        if (Find(client) >= 0)
        {
            Volatile.Write(ref _places[XxHash64.Hash(client) % Places], 0);
        }
    }
}
