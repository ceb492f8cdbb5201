using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.My;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Cluster.Tests.Security;

/// <summary>Every operation of the table through a running gateway, with keys that may and keys that may not.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class AuthWalkTests(RunningCluster running)
{
    private static readonly OperationTable _table = new(
        DispatchProxy.Create<IClientEngine, NoEngine>(), DispatchProxy.Create<IDefinitionsEngine, NoEngine>(), DispatchProxy.Create<IReportsEngine, NoEngine>(), new MyLinks(null!, null!, TimeProvider.System),
        new ServingState(DispatchProxy.Create<IEngineHealth, NoEngine>()), TimeProvider.System);

    public static TheoryData<string> Operations => [.. _table.All.Select(operation => operation.Path)];

    public static TheoryData<string> OperationsWithRoutes => [.. _table.All.Where(operation => operation.Http is not null).Select(operation => operation.Path)];

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(Operations))]
    public async Task Grpc_WithoutTheScope_IsRefused_AndWithItIsNot(string path)
    {
        var operation = _table.Find(path)!;
        var none = await GrpcAsync(operation, null);
        var wrong = await GrpcAsync(operation, "wrong");

        if (operation.Access.IsAnonymous)
        {
            Assert.DoesNotContain(none, new[] { Code.Unauthenticated, Code.PermissionDenied });
            return;
        }

        Assert.Equal(Code.Unauthenticated, none);
        Assert.Equal(Code.Unauthenticated, wrong);
        foreach (var scope in Enum.GetValues<Scope>().Where(scope => scope != Scope.None))
        {
            var code = await GrpcAsync(operation, TestKeys.Of(scope));
            Assert.True(operation.Access.Allows(scope) == (code is not Code.PermissionDenied), $"{path} with {scope}: {code}");
            Assert.NotEqual(Code.Unauthenticated, code);
        }
    }

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(OperationsWithRoutes))]
    public async Task Json_WithoutTheScope_IsRefused_AndWithItIsNot(string path)
    {
        var operation = _table.Find(path)!;
        Assert.Equal(HttpStatusCode.Unauthorized, await JsonAsync(operation, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await JsonAsync(operation, "wrong"));
        foreach (var scope in Enum.GetValues<Scope>().Where(scope => scope != Scope.None))
        {
            var status = await JsonAsync(operation, TestKeys.Of(scope));
            Assert.True(operation.Access.Allows(scope) == (status is not HttpStatusCode.Forbidden), $"{path} with {scope}: {status}");
            Assert.NotEqual(HttpStatusCode.Unauthorized, status);
        }
    }

    private async Task<Code> GrpcAsync(Operation operation, string? key)
    {
        using var client = new GrpcClient(running.Cluster.Target().Grpc, key);

        // A stream that is open ends by its deadline: that it was opened is what is asked.
        var reply = await client.SendAsync(operation.Path, GrpcFrames.Frame([]), "2S").Within($"{operation.Path} answers");
        return reply.Code;
    }

    private async Task<HttpStatusCode> JsonAsync(Operation operation, string? key)
    {
        var route = operation.Http!.PathFields.Aggregate(
            operation.Http.Route, (path, field) => path.Replace($"{{{field.Field.JsonName}}}", "x", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = running.Cluster.Target().Http };
        using var request = new HttpRequestMessage(new HttpMethod(operation.Http.Verb), route)
        {
            Content = operation.Http.HasBody ? new StringContent("{}", Encoding.UTF8, "application/json") : null,
        };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request).Within($"{route} answers");
        return response.StatusCode;
    }
}
