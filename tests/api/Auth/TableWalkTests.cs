using System.Net;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Tests.Support;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Auth;

/// <summary>Every operation of the table, whatever is in it, with keys that may and keys that may not.</summary>
public sealed class TableWalkTests
{
    [Fact]
    public async Task Grpc_NoKeyWrongKeyWrongScope_Refused()
    {
        await using var host = await ApiHost.StartAsync();

        foreach (var operation in host.Table.All.Where(operation => !operation.Access.IsAnonymous))
        {
            Assert.Equal((operation.Path, Code.Unauthenticated), (operation.Path, await Grpc(host, operation, "")));
            Assert.Equal((operation.Path, Code.Unauthenticated), (operation.Path, await Grpc(host, operation, "wrong")));
            foreach (var key in WrongScopes(operation))
            {
                Assert.Equal((operation.Path, key, Code.PermissionDenied), (operation.Path, key, await Grpc(host, operation, key)));
            }
        }

        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Json_NoKeyWrongKeyWrongScope_Refused()
    {
        await using var host = await ApiHost.StartAsync();

        foreach (var operation in host.Table.All.Where(operation => operation.Http is not null))
        {
            Assert.Equal((operation.Path, HttpStatusCode.Unauthorized), (operation.Path, await Json(host, operation, "")));
            Assert.Equal((operation.Path, HttpStatusCode.Unauthorized), (operation.Path, await Json(host, operation, "wrong")));
            foreach (var key in WrongScopes(operation))
            {
                Assert.Equal((operation.Path, key, HttpStatusCode.Forbidden), (operation.Path, key, await Json(host, operation, key)));
            }
        }

        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Both_OwnScopeAndAdminOfEitherTenant_TenantIsTheKeys()
    {
        await using var host = await ApiHost.StartAsync();

        foreach (var operation in host.Table.All.Where(operation => operation.Access.Scope != Scope.None))
        {
            foreach (var (key, tenant) in new[]
            {
                (ApiHost.KeyOf(operation.Access.Scope), "default"), (ApiHost.AdminKey, "default"), (ApiHost.OtherTenantKey, "other"),
            })
            {
                await Grpc(host, operation, key);
                if (operation.Http is not null)
                {
                    await Json(host, operation, key);
                }

                Assert.False(host.Engine.Calls.IsEmpty, operation.Path);
                Assert.All(host.Engine.Calls, call => Assert.Equal((operation.Path, tenant), (operation.Path, call.Call.Tenant)));
                host.Engine.Calls.Clear();
            }
        }
    }

    [Fact]
    public async Task Anonymous_OnlyHealth()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.All(host.Table.All.Where(operation => operation.Access.IsAnonymous), operation => Assert.Equal("grpc.health.v1.Health", operation.Service));
    }

    private static IEnumerable<string> WrongScopes(Operation operation) => Enum.GetValues<Scope>()
        .Where(scope => scope is not Scope.None and not Scope.Admin && operation.Access.Scope is not Scope.None && scope != operation.Access.Scope)
        .Select(ApiHost.KeyOf);

    private static async Task<Code?> Grpc(ApiHost host, Operation operation, string key) =>
        (await host.Grpc.CallRawAsync(operation.Path, GrpcClient.Frame([]), key: key)).Code;

    private static async Task<HttpStatusCode> Json(ApiHost host, Operation operation, string key)
    {
        var route = operation.Http!.PathFields.Aggregate(operation.Http.Route, (path, field) => path.Replace($"{{{field.Field.JsonName}}}", "x", StringComparison.Ordinal));
        var request = new HttpRequestMessage(new HttpMethod(operation.Http.Verb), route) { Content = operation.Http.HasBody ? ApiHost.Body("{}") : null };
        request.Headers.Authorization = key.Length == 0 ? null : new("Bearer", key);
        using var client = new HttpClient { BaseAddress = host.Json.BaseAddress };
        using var response = await Wait.For(client.SendAsync(request), $"answer of {route}");
        return response.StatusCode;
    }
}
