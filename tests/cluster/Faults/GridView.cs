using Footprint.Grid.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>Sees which silos have which clients in memory.</summary>
internal sealed class GridView : IAsyncDisposable
{
    private const string Name = "footprint-grid";
    private const string ClientType = "client";
    private const string Tenant = "default/";

    private readonly IHost _host;

    private GridView(IHost host) => _host = host;

    /// <param name="redis">Where the cluster meets.</param>
    public static async Task<GridView> ConnectAsync(string redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.JoinCluster(new ClusterAddress(redis, Name, Name)));
        var view = new GridView(builder.Build());
        await view._host.StartAsync().Within("an Orleans client joins");
        return view;
    }

    /// <summary>The ports of the silos that have each client of the tenant default in memory; all silos must be up.</summary>
    public async Task<ILookup<string, int>> HostsAsync()
    {
        var management = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        var found = await management.GetDetailedGrainStatistics().Within("the silos name their clients");
        return found
            .Where(one => one.GrainId.Type.ToString() == ClientType && one.GrainId.Key.ToString()!.StartsWith(Tenant, StringComparison.Ordinal))
            .ToLookup(one => one.GrainId.Key.ToString()![Tenant.Length..], one => one.SiloAddress.Endpoint.Port);
    }

    /// <summary>Whether the silos agree on so many of them.</summary>
    public async Task<bool> HasSilosAsync(int count)
    {
        var management = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        try
        {
            return (await management.GetHosts(onlyActive: true).Within("the members of the cluster")).Count == count;
        }
        catch (Exception notNow) when (notNow is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().Within("the Orleans client leaves");
        _host.Dispose();
    }
}
