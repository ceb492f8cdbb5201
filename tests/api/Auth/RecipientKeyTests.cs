using System.Net;
using System.Net.Http.Headers;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Auth;

/// <summary>A key that acts for one recipient: whatever it asks is for that one, and what is not for anybody it cannot ask.</summary>
public sealed class RecipientKeyTests
{
    private const string Key = "key-of-acme";

    [Fact]
    public async Task Grpc_NamedOrNot_AsksForTheKeysRecipient()
    {
        await using var host = await StartAsync();

        foreach (var operation in host.Table.All.Where(operation => operation.Recipient is not null))
        {
            foreach (var named in new[] { "", "acme" })
            {
                Assert.Equal((operation.Path, Code.Ok), (operation.Path, await GrpcAsync(host, operation, named)));
                Assert.True(host.Engine.Requests.TryDequeue(out var request), $"{operation.Path} does not note its requests");
                Assert.Equal("acme", operation.Recipient!.Accessor.GetValue(request));
            }
        }
    }

    [Fact]
    public async Task Grpc_AnotherRecipient_IsDeniedWithTheFieldsName()
    {
        await using var host = await StartAsync();

        foreach (var operation in host.Table.All.Where(operation => operation.Recipient is not null))
        {
            foreach (var named in new[] { "zeta", "self", "*" })
            {
                var reply = await host.Grpc.CallAsync(operation.Path, Request(operation, named), key: Key);
                Assert.Equal((operation.Path, Code.PermissionDenied), (operation.Path, reply.Code));
                Assert.Equal("recipient", reply.Details!.Details[0].Unpack<BadRequest>().FieldViolations.Single().Field);
            }
        }

        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Grpc_OperationsThatNameNoRecipient_AreDeniedUnlessTheyGiveNothingOfAClient()
    {
        await using var host = await StartAsync();

        foreach (var operation in host.Table.All.Where(operation => operation.Recipient is null && operation.Kind == OperationKind.Unary))
        {
            var isOpen = operation.Access.IsAnonymous || operation.Access.Scope == Scope.Ingest;
            Assert.Equal((operation.Path, isOpen), (operation.Path, await GrpcAsync(host, operation, "") != Code.PermissionDenied));
        }

        // Nothing in the table was missed: these are what a client's own view hangs on.
        foreach (var name in new[] { "Link", "SetConsents", "ConfirmInterest", "Erase", "CreateMyLink" })
        {
            Assert.False(host.Table.All.Single(operation => operation.Name == name).IsOpenToRecipients);
        }
    }

    [Theory]
    [InlineData("GET", "/v1/clients/c1", HttpStatusCode.OK)]
    [InlineData("GET", "/v1/clients/c1?recipient=acme", HttpStatusCode.OK)]
    [InlineData("GET", "/v1/clients/c1/export", HttpStatusCode.OK)]
    [InlineData("POST", "/v1/decisions/content", HttpStatusCode.OK)]
    [InlineData("POST", "/v1/decisions/ads", HttpStatusCode.OK)]
    [InlineData("GET", "/v1/clients/c1?recipient=zeta", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/v1/clients/c1/export?recipient=self", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "/v1/clients/c1", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/v1/clients/c1/my-link", HttpStatusCode.Forbidden)]
    public async Task Json_AsOverGrpc(string verb, string path, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        host.Json.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        using var answer = await host.SendAsync(new HttpMethod(verb), path, verb == "POST" ? "{}" : null);

        Assert.Equal(expected, answer.StatusCode);
        Assert.All(host.Engine.Requests, request => Assert.Equal("acme", request.Descriptor.FindFieldByName("recipient").Accessor.GetValue(request)));
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, host.Engine.Requests.Count);
    }

    /// <summary>So that the engine refuses what a recipient may not tell: an answer to a probe.</summary>
    [Fact]
    public async Task Record_EventsOfTheKey_AreKnownAsTheRecipients()
    {
        await using var host = await StartAsync();

        await host.Grpc.CallAsync("/footprint.grid.v1.Ingest/Record", new RecordRequest { Events = { new FootprintEvent { ClientId = "c1", Type = "view" } } }, key: Key);

        Assert.Equal("acme", host.Engine.Calls.Single().Call.Recipient);
    }

    [Fact]
    public async Task OtherKeys_NameWhomTheyLike()
    {
        await using var host = await StartAsync();

        await host.Grpc.CallAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "c1" });
        await host.Grpc.CallAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "c1", Recipient = "zeta" });

        Assert.Equal(["", "zeta"], host.Engine.Requests.Cast<GetProfileRequest>().Select(request => request.Recipient));
    }

    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(options => options.Keys.Add(
        new ApiKeyOptions { Id = "acme", Hash = ApiKey.Hash(Key), Tenant = "default", Scopes = ["admin"], Recipient = "acme" }));

    private static async Task<Code?> GrpcAsync(ApiHost host, Operation operation, string recipient) =>
        (await host.Grpc.CallAsync(operation.Path, Request(operation, recipient), key: Key)).Code;

    private static IMessage Request(Operation operation, string recipient)
    {
        var request = operation.Method.InputType.Parser.ParseFrom([]);
        operation.Recipient?.Accessor.SetValue(request, recipient);
        return request;
    }
}
