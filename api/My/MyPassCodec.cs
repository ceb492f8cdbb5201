using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Footprint.Grid.Api.My;

/// <summary>
/// Passes as signed texts: an HMAC-SHA256 over what the pass says, by a key that is only for its use, so that a link is no
/// session and a session no link. URL-safe; nothing in one is secret but its signature.
/// </summary>
internal sealed class MyPassCodec(byte[] secret)
{
    private const int MaxLength = 1024;
    private const int MacBytes = HMACSHA256.HashSizeInBytes;

    // When it expires, and how long the tenant and the id are; the client is the rest.
    private const int HeadBytes = sizeof(long) + 2;

    private readonly byte[] _link = Key(secret, "my link to a client");
    private readonly byte[] _session = Key(secret, "my session of a client");
    private readonly byte[] _form = Key(secret, "my form");

    public string Link(MyPass pass) => Sign(_link, pass);

    public string Session(MyPass pass) => Sign(_session, pass);

    /// <summary>Null for a text that was not signed here for that use, or has expired.</summary>
    public MyPass? ReadLink(string? text, DateTimeOffset now) => Read(_link, text, now);

    public MyPass? ReadSession(string? text, DateTimeOffset now) => Read(_session, text, now);

    /// <summary>Goes into the forms of a session, and only of that one.</summary>
    public string FormToken(string session) => Base64Url.EncodeToString(HMACSHA256.HashData(_form, Encoding.ASCII.GetBytes(session)));

    public bool IsFormToken(string session, string? token) =>
        token is { Length: < MaxLength }
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(FormToken(session)), Encoding.UTF8.GetBytes(token));

    private static byte[] Key(byte[] secret, string use) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(use));

    private static string Sign(byte[] key, MyPass pass)
    {
        var tenant = Encoding.UTF8.GetBytes(pass.Tenant);
        var id = Encoding.UTF8.GetBytes(pass.Id);
        var client = Encoding.UTF8.GetBytes(pass.ClientId);
        var bytes = new byte[HeadBytes + tenant.Length + id.Length + client.Length + MacBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, pass.Expires.ToUnixTimeSeconds());
        bytes[sizeof(long)] = checked((byte)tenant.Length);
        bytes[sizeof(long) + 1] = checked((byte)id.Length);
        tenant.CopyTo(bytes, HeadBytes);
        id.CopyTo(bytes, HeadBytes + tenant.Length);
        client.CopyTo(bytes, HeadBytes + tenant.Length + id.Length);
        HMACSHA256.HashData(key, bytes.AsSpan(0, bytes.Length - MacBytes), bytes.AsSpan(bytes.Length - MacBytes));
        return Base64Url.EncodeToString(bytes);
    }

    private static MyPass? Read(byte[] key, string? text, DateTimeOffset now)
    {
        if (text is not { Length: > 0 and < MaxLength } || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text).AsSpan();
        if (bytes.Length < HeadBytes + MacBytes)
        {
            return null;
        }

        var said = bytes[..^MacBytes];
        Span<byte> mac = stackalloc byte[MacBytes];
        HMACSHA256.HashData(key, said, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[^MacBytes..]))
        {
            return null;
        }

        // Signed here, so the parts are what was put together here.
        var expires = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(said));
        var names = said[HeadBytes..];
        var tenant = said[sizeof(long)];
        var id = said[sizeof(long) + 1];
        return expires > now
            ? new MyPass(Encoding.UTF8.GetString(names[..tenant]), Encoding.UTF8.GetString(names.Slice(tenant, id)), Encoding.UTF8.GetString(names[(tenant + id)..]), expires)
            : null;
    }
}
