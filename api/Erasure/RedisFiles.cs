using System.Net.Sockets;
using System.Text;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Erasure;

/// <summary>
/// Has a Redis rewrite its append-only file and its snapshot, as it does by itself now and then. Uncompressed, for a text
/// that is there must be found.
/// </summary>
internal sealed class RedisFiles(HostAddress address)
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    public async Task RewriteAsync(CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(_limit);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, late.Token);
        var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        foreach (var command in new[] { "CONFIG SET rdbcompression no\r\n", "BGREWRITEAOF\r\n", "SAVE\r\n" })
        {
            // A rewrite that is under way already is refused, which is as good: the next look asks again.
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command), late.Token);
            _ = await answers.ReadLineAsync(late.Token);
        }
    }
}
