using System.Net;

namespace Footprint.Grid.Bench.Processes;

/// <summary>A .NET server, run by the same runtime and with the same settings of it as all the others that it is compared with.</summary>
internal class DotnetProcess : ServerProcess
{
    private static readonly Dictionary<string, string> _settings = new()
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_TieredPGO"] = "1",
        ["DOTNET_NOLOGO"] = "1",

        // Compile what is hot as soon as it is; a server that is never idle would put it off for long.
        ["DOTNET_TC_CallCountingDelayMs"] = "0",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    protected DotnetProcess(string name, string assembly, IEnumerable<string> arguments, IPEndPoint address, int core = Pinning.ServerCore)
        : base(name, Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [assembly, .. arguments], _settings, core)
    {
        Address = address;
    }

    /// <summary>Where it answers gRPC.</summary>
    public IPEndPoint Address { get; }

    /// <summary>A hidden command of this program, as a server.</summary>
    public static DotnetProcess OfThisProgram(string command, IPEndPoint address, params string[] arguments)
    {
        var server = new DotnetProcess(command, typeof(DotnetProcess).Assembly.Location, [command, "--listen", address.ToString(), .. arguments], address);
        server.WaitFor(address, TimeSpan.FromSeconds(60));
        return server;
    }
}
