using Footprint.Grid.Bench.Processes;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>Processes that serve a request together; what one spends is spent for it.</summary>
internal sealed class ServerGroup(params IReadOnlyList<IMeteredServer> servers) : IMeteredServer
{
    public TimeSpan CpuTime
    {
        get
        {
            var sum = TimeSpan.Zero;
            foreach (var server in servers)
            {
                sum += server.CpuTime;
            }

            return sum;
        }
    }

    public double AllocatedBytes => double.NaN;
}
