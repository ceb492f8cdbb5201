using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.My;

/// <summary>Whose an id is now. It may lead to another client tomorrow: a device that somebody else signs in on.</summary>
internal sealed class MyIds(IClientEngine engine)
{
    /// <summary>The client that the id leads to, and the id itself when it leads to nobody.</summary>
    public async ValueTask<string> ClientOfAsync(string id, CallContext call)
    {
        try
        {
            return (await engine.GetProfileAsync(new GetProfileRequest { ClientId = id }, call)).ClientId;
        }
        catch (GridException none) when (none.Code == Code.NotFound)
        {
            return id;
        }
    }
}
