using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Tests.Support;

/// <summary>The API on two free loopback ports, over a fake engine.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string AdminKey = "key-of-the-admin";
    public const string OtherTenantKey = "key-of-another-tenant";

    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeEngine engine)
    {
        _app = app;
        Engine = engine;
    }

    public FakeEngine Engine { get; }

    public GrpcClient Grpc { get; private set; } = null!;

    public HttpClient Json { get; private set; } = null!;

    public IPEndPoint GrpcAddress => _app.Services.GetRequiredService<GrpcHost>().BoundAddress!;

    public OperationTable Table => _app.Services.GetRequiredService<OperationTable>();

    public ServingState Serving => _app.Services.GetRequiredService<ServingState>();

    public IServiceProvider Services => _app.Services;

    public static string KeyOf(Scope scope) => "key-with-" + Scopes.Name(scope);

    public static async Task<ApiHost> StartAsync(
        Action<FootprintApiOptions>? configure = null, TimeProvider? time = null, FakeEngine? engine = null, ILoggerProvider? log = null)
    {
        var fake = engine ?? new FakeEngine();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IClientEngine>(fake).AddSingleton<IDefinitionsEngine>(fake).AddSingleton<IReportsEngine>(fake).AddSingleton<IEngineHealth>(fake);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddFootprintApi(options =>
        {
            options.Grpc.Listen = new IPEndPoint(IPAddress.Loopback, 0);
            options.DrainTimeout = TimeSpan.FromSeconds(5);
            AddKeys(options);
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapFootprintApi();
        await Wait.For(app.StartAsync(), "start of the host");
        var host = new ApiHost(app, fake);
        var json = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        host.Json = new HttpClient { BaseAddress = new Uri(json) };
        host.Json.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        host.Grpc = new GrpcClient(host.GrpcAddress, AdminKey);
        return host;
    }

    public static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    public Task<HttpResponseMessage> SendAsync(HttpMethod verb, string path, string? body = null) => Wait.For(
        Json.SendAsync(new HttpRequestMessage(verb, path) { Content = body is null ? null : Body(body) }), $"answer to {verb} {path}");

    public Task StopAsync() => Wait.For(_app.StopAsync(), "end of the host");

    public async ValueTask DisposeAsync()
    {
        Json.Dispose();
        Grpc.Dispose();
        await Wait.For(_app.DisposeAsync().AsTask(), "end of the host");
    }

    private static void AddKeys(FootprintApiOptions options)
    {
        Add("admin", AdminKey, "default", "admin");
        Add("other", OtherTenantKey, "other", "admin");
        foreach (var scope in Enum.GetValues<Scope>().Where(scope => scope is not Scope.None and not Scope.Admin))
        {
            Add(Scopes.Name(scope), KeyOf(scope), "default", Scopes.Name(scope));
        }

        void Add(string id, string key, string tenant, string scope) =>
            options.Keys.Add(new ApiKeyOptions { Id = id, Hash = ApiKey.Hash(key), Tenant = tenant, Scopes = [scope] });
    }
}
