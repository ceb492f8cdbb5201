using Footprint.Grid.Bench.Load;
using Google.Protobuf;

namespace Footprint.Grid.Bench.Speed;

/// <summary>Messages made by number, as many as there are; for loading a server rather than measuring it.</summary>
internal sealed class MessageListSource(string path, long count, Func<long, IMessage> make, Action<long, byte[]>? answered = null) : CallSource
{
    public override IReadOnlyList<string> Paths { get; } = [path];

    public override long Count => count;

    public override int Write(long number, Span<byte> message, out int path)
    {
        path = 0;
        var made = make(number);
        var length = made.CalculateSize();
        made.WriteTo(message[..length]);
        return length;
    }

    public override void Answered(long number, int path, ReadOnlySpan<byte> message) => answered?.Invoke(number, message.ToArray());
}
