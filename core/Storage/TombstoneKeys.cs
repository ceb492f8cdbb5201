using System.Security.Cryptography;
using System.Text;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Storage;

/// <summary>
/// Under what an erased client is remembered, so that late events stay out though its id is not kept: HMAC-SHA256 of
/// <c>tenant/client</c>. Whoever has the store alone learns nothing from it; whoever has the secret, too, can ask whether
/// a given id was erased, and no more.
/// </summary>
public sealed class TombstoneKeys(byte[] secret)
{
    public const int LeastSecretBytes = 32;
    public const int MostSecretBytes = 4096;

    private readonly byte[] _key = HMACSHA256.HashData(secret, "tombstones"u8);

    /// <summary>Tells this secret from any other, and nothing else.</summary>
    public byte[] Check { get; } = HMACSHA256.HashData(secret, "tombstones check"u8);

    /// <summary>32 bytes.</summary>
    public byte[] Of(ClientKey client) => Of(client.ToString());

    /// <inheritdoc cref="Of(ClientKey)"/>
    /// <param name="client"><c>tenant/client_id</c>.</param>
    public byte[] Of(string client) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(client));
}
