using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Health.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Grpc;

/// <summary>Random and mutated bytes, the same for the same seed.</summary>
public sealed class GrpcFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Bodies_Random_NeverInternalAndTheHostLives(int seed)
    {
        var random = new Random(seed);
        await using var host = await ApiHost.StartAsync();
        var paths = host.Table.All.Select(operation => operation.Path).Where(path => !path.EndsWith("/Watch", StringComparison.Ordinal)).ToList();

        for (var round = 0; round < 300; round++)
        {
            var path = paths[random.Next(paths.Count)];
            var body = Body(random);
            var reply = await host.Grpc.CallRawAsync(path, body);

            Assert.True(
                reply.Code is Code.Ok or Code.InvalidArgument or Code.Unimplemented or Code.ResourceExhausted or Code.NotFound,
                $"seed {seed}, round {round}: {path} answered {reply.Code} {reply.Message} to {Convert.ToHexString(body)}");
        }

        Assert.Equal(Code.Ok, (await host.Grpc.CallAsync("/grpc.health.v1.Health/Check", new HealthCheckRequest())).Code);
    }

    private static byte[] Body(Random random)
    {
        var message = new byte[random.Next(60)];
        random.NextBytes(message);
        switch (random.Next(4))
        {
            case 0:
                return message.Length > 0 && message[0] == 1 ? [0, .. message] : message;
            case 1:
                return GrpcClient.Frame(message);
            default:
                var valid = GrpcClient.Frame(new RecordRequest
                {
                    Events = { new FootprintEvent { EventId = "e", ClientId = "c", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } } },
                });
                for (var n = random.Next(4); n > 0; n--)
                {
                    valid[random.Next(random.Next(2) == 0 ? 5 : 1, valid.Length)] = (byte)random.Next(256);
                }

                // A flag of 1 without an encoding is the one fault that the protocol calls INTERNAL.
                valid[0] = valid[0] == 1 ? (byte)0 : valid[0];
                return random.Next(5) == 0 ? valid[..random.Next(valid.Length)] : valid;
        }
    }
}
