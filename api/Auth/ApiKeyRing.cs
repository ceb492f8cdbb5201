using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Auth;

/// <summary>
/// Tells who calls from the value of an <c>Authorization</c> header. Hashes are compared in constant time. Headers that
/// held a valid key are remembered, so that all but the first call cost one look-up; wrong ones never are, so that nobody
/// fills the memory by guessing.
/// </summary>
internal sealed class ApiKeyRing
{
    private const string Scheme = "Bearer ";
    private const int MaxKeyLength = 512;

    private readonly FrozenDictionary<ulong, Entry[]> _byPrefix;
    private readonly ConcurrentDictionary<string, Principal> _seen = new(StringComparer.Ordinal);
    private readonly int _maxSeen;
    private int _seenCount;

    public ApiKeyRing(IEnumerable<ApiKeyOptions> keys, LimitOptions limits, TimeProvider time)
    {
        var tenants = new Dictionary<string, TenantLoad>(StringComparer.Ordinal);
        _byPrefix = keys.Select(Read).GroupBy(entry => Prefix(entry.Hash)).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _maxSeen = 4 * _byPrefix.Count;
        Tenants = [.. tenants.Values];

        Entry Read(ApiKeyOptions key)
        {
            if (!tenants.TryGetValue(key.Tenant, out var load))
            {
                tenants[key.Tenant] = load = new TenantLoad(key.Tenant, limits, time);
            }

            var scopes = key.Scopes.Aggregate(Scope.None, (all, name) => Scopes.TryParse(name, out var scope) ? all | scope : all);
            return new Entry(Convert.FromHexString(key.Hash), new Principal(key.Id, scopes, load) { Recipient = key.Recipient });
        }
    }

    public IReadOnlyList<TenantLoad> Tenants { get; }

    /// <summary>Null without a valid key.</summary>
    public Principal? Find(string? authorization)
    {
        if (authorization is null)
        {
            return null;
        }

        return _seen.TryGetValue(authorization, out var principal) ? principal : FindFirst(authorization);
    }

    private Principal? FindFirst(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authorization.Length > Scheme.Length + MaxKeyLength)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), hash);
        if (!_byPrefix.TryGetValue(Prefix(hash), out var entries))
        {
            return null;
        }

        Principal? found = null;
        foreach (var entry in entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Hash, hash))
            {
                found = entry.Principal;
            }
        }

        if (found is not null && Volatile.Read(ref _seenCount) < _maxSeen && Interlocked.Increment(ref _seenCount) <= _maxSeen)
        {
            _seen.TryAdd(authorization, found);
        }

        return found;
    }

    // A part of a hash tells nothing of the key, so looking it up need not take constant time.
    private static ulong Prefix(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);

    private sealed record Entry(byte[] Hash, Principal Principal);
}
