using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Servers;

namespace Footprint.Grid.Bench.Tests.Load;

public class UnaryLoadTests
{
    [Fact]
    public async Task Run_MessagesOfManySizes_AllComeBackAsSent()
    {
        await Task.Run(() =>
        {
            using var echo = DotnetProcess.OfThisProgram(ServerCommands.Echo, FreePort.Next());
            using var load = new UnaryLoad(echo.Address, "key", connections: 3, inFlight: 8);
            var source = new Patterns(500);

            var result = load.Run(source);

            Assert.Equal(500, result.Total);
            Assert.Equal(500, source.Matched);
            Assert.Equal(500, result.Latency.Count);
        }).WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Message n is made of the byte n, up to 100 KB long: more than a frame holds, and together more than the first window.</summary>
    private sealed class Patterns(int count) : CallSource
    {
        public override IReadOnlyList<string> Paths { get; } = ["/any/Echo"];

        public override long Count => count;

        public int Matched { get; private set; }

        public override int Write(long number, Span<byte> message, out int path)
        {
            path = 0;
            var length = Length(number);
            message[..length].Fill((byte)number);
            return length;
        }

        public override void Answered(long number, int path, ReadOnlySpan<byte> message) =>
            Matched += message.Length == Length(number) && message.IndexOfAnyExcept((byte)number) < 0 ? 1 : 0;

        private static int Length(long number) => (int)(number * number * 7 % 100_000);
    }
}
