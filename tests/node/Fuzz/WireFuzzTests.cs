using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>Spoiled bytes from outside: each is answered with OK or a documented refusal, and the node goes on.</summary>
[Collection(RunningNodeGroup.Name)]
public sealed class WireFuzzTests(RunningNode node)
{
    private static readonly Code[] _documented = [Code.Ok, Code.InvalidArgument, Code.ResourceExhausted, Code.NotFound, Code.FailedPrecondition, Code.Unimplemented];
    private static readonly int[] _documentedHttp = [200, 400, 404, 409, 413, 415, 429];

    [Fact]
    public async Task Messages_Spoiled_AreAnsweredOrRefused()
    {
        using var client = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        foreach (var seed in FuzzRounds.Seeds)
        {
            var mutator = new Mutator(seed);
            var (method, _, _, body) = Samples.All[mutator.Next(Samples.All.Count)];
            var message = mutator.Mutate(body.ToByteArray());

            var reply = await client.SendAsync(method, GrpcFrames.Frame(message)).Within($"an answer to seed {seed}");

            Assert.True(_documented.Contains(reply.Code), $"seed {seed} {method}: {reply.Code} {reply.Message}\n{Convert.ToHexString(message)}");
        }

        await AssertGoesOnAsync();
    }

    [Fact]
    public async Task Frames_Spoiled_AreAnsweredOrRefused()
    {
        using var client = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        foreach (var seed in FuzzRounds.Seeds)
        {
            var mutator = new Mutator(seed);
            var stream = mutator.Next(2) == 0;
            var frame = GrpcFrames.Frame(Samples.All[0].Body.ToByteArray());
            byte[] frames = stream ? [.. frame, .. frame, .. frame] : frame;
            frames = mutator.Mutate(frames);
            var method = stream ? "/footprint.grid.v1.Ingest/Stream" : Samples.All[0].Method;
            var encoding = mutator.Next(4) == 0 ? "gzip" : null;

            var reply = await client.SendAsync(method, frames, "5S", encoding).Within($"an answer to seed {seed}");

            // The protocol itself asks for INTERNAL when a message is compressed and no header says how.
            var flagged = reply.Code == Code.Internal && reply.Message.Contains("grpc-encoding", StringComparison.Ordinal);
            Assert.True(flagged || _documented.Contains(reply.Code), $"seed {seed}: {reply.Code} {reply.Message}\n{Convert.ToHexString(frames)}");
        }

        await AssertGoesOnAsync();
    }

    [Fact]
    public async Task Json_Spoiled_IsAnsweredOrRefusedWithAnError()
    {
        using var http = new HttpClient { BaseAddress = node.Settings.Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", node.Settings.Key);
        foreach (var seed in FuzzRounds.Seeds)
        {
            var mutator = new Mutator(seed);
            var (_, verb, route, body) = Samples.All[mutator.Next(Samples.All.Count)];
            var json = mutator.Mutate(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(body)));
            using var request = new HttpRequestMessage(new HttpMethod(verb), route) { Content = new ByteArrayContent(json) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

            using var answer = await SendAsync(http, request, $"seed {seed} {verb} {route}: {Encoding.UTF8.GetString(json)}");
            var text = await answer.Content.ReadAsStringAsync().Within($"the body of the answer to seed {seed}");

            var what = $"seed {seed} {verb} {route}: {(int)answer.StatusCode} {text}\n{Encoding.UTF8.GetString(json)}";
            Assert.True(_documentedHttp.Contains((int)answer.StatusCode), what);
            Assert.True(answer.StatusCode == HttpStatusCode.OK || !string.IsNullOrEmpty((string?)JsonNode.Parse(text)?["error"]?["code"]), what);
        }

        await AssertGoesOnAsync();
    }

    [Fact]
    public async Task Http2_Spoiled_DisturbsNobodyElse()
    {
        using var bystander = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        using var stream = bystander.Open("/footprint.grid.v1.Ingest/Stream");
        foreach (var seed in FuzzRounds.Seeds)
        {
            var mutator = new Mutator(seed);
            var bytes = mutator.Mutate(Http2Bytes.UnaryCall(Samples.All[0].Method, node.Settings.Key, Samples.All[0].Body.ToByteArray()));

            await Http2Bytes.SendAsync(node.Settings.Grpc, bytes).Within($"the end of the connection of seed {seed}");

            if (seed % 50 == 0)
            {
                await stream.WriteAsync(new V1.StreamRequest { Sequence = (ulong)seed, Events = { new V1.FootprintEvent { ClientId = "fuzz-bystander", Type = "view" } } });
                var ack = await stream.ReadAsync(V1.StreamResponse.Parser).Within($"the bystander's ack after seed {seed}");
                Assert.Equal((ulong)seed, ack!.Sequence);
            }
        }

        await AssertGoesOnAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, string what)
    {
        try
        {
            return await http.SendAsync(request).Within($"an answer to {what}");
        }
        catch (HttpRequestException broken)
        {
            throw new InvalidOperationException($"no answer to {what}", broken);
        }
    }

    private async Task AssertGoesOnAsync()
    {
        Assert.False(node.Process.HasExited, node.Process.Output);
        Assert.True(await node.Process.IsReadyAsync(), node.Process.Output);
        AssertNever(" fail: ");
        AssertNever(" crit: ");
    }

    private void AssertNever(string level)
    {
        int at = node.Process.Output.IndexOf(level, StringComparison.Ordinal);
        Assert.True(at < 0, at < 0 ? "" : node.Process.Output[at..]);
    }
}
