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

    private readonly byte[] _link = Key(secret, "my link");
    private readonly byte[] _session = Key(secret, "my session");
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
        var client = Encoding.UTF8.GetBytes(pass.ClientId);
        var bytes = new byte[sizeof(long) + 1 + tenant.Length + client.Length + MacBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, pass.Expires.ToUnixTimeSeconds());
        bytes[sizeof(long)] = (byte)tenant.Length;
        tenant.CopyTo(bytes, sizeof(long) + 1);
        client.CopyTo(bytes, sizeof(long) + 1 + tenant.Length);
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
        if (bytes.Length < sizeof(long) + 1 + MacBytes)
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
        var names = said[(sizeof(long) + 1)..];
        var length = said[sizeof(long)];
        return expires > now ? new MyPass(Encoding.UTF8.GetString(names[..length]), Encoding.UTF8.GetString(names[length..]), expires) : null;
    }
}
