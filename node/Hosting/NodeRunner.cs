using System.Net;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Footprint.Grid.Node.Hosting;

/// <summary>Runs a node with its keys and says where it listens.</summary>
internal static class NodeRunner
{
    public static Task<int> RunAsync(
        NodeOptions options, IReadOnlyList<string> warnings, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        HostKeys? keys = null;
        return HostRunner.RunAsync("node", Build, warnings, Text, output, errors, stop);

        WebApplication Build()
        {
            var folder = options.Store == StoreKind.Memory ? null : options.DataFolder;
            if (folder is not null)
            {
                DataFolder.Make(folder);
            }

            keys = HostKeys.For(options.Process, folder);
            return NodeApplication.Build(options, keys.Entries);
        }

        string Text(WebApplication app) => Welcome.Text(options, keys!, HttpAddress(app, options), GrpcAddress(app, options));
    }

    private static string HttpAddress(WebApplication app, NodeOptions options)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new IPEndPoint(options.Endpoints.Http.Address, new Uri(addresses.First()).Port).ToString();
    }

    private static string GrpcAddress(WebApplication app, NodeOptions options) =>
        app.Services.GetRequiredService<GrpcHost>().BoundAddress?.ToString() ?? options.Endpoints.Grpc.ToString();
}
