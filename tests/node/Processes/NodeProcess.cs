namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>A running node: the program that was built, as a process of its own on free ports of loopback.</summary>
internal sealed class NodeProcess : HostProcess
{
    private NodeProcess(NodeSettings settings)
        : base("node", NodeSettings.Program, settings.Arguments, settings.Environment, settings.Http, settings.Data) => Settings = settings;

    public NodeSettings Settings { get; }

    /// <summary>Starts a node and waits until it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(NodeSettings settings)
    {
        var node = Launch(settings);
        try
        {
            await node.ReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node without waiting for anything.</summary>
    public static NodeProcess Launch(NodeSettings settings) => new(settings);
}
