namespace Footprint.Grid.Gateway.Options;

/// <summary>How a gateway reaches the clients.</summary>
internal enum JoinMode
{
    /// <summary>As an Orleans client: any silo takes its calls and passes on those for others.</summary>
    Client,

    /// <summary>As a member that hosts no clients: its calls go straight to the silo that has the client.</summary>
    Member,

    /// <summary>As a silo: gateway and silo in one process, for small clusters.</summary>
    Silo,
}
