using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Api.My;

/// <summary>Makes the links by which clients come to their own page. Who may have one is for the caller to know: it vouches for the client.</summary>
internal sealed class MyLinks(MyPassCodec passes, MyIds ids, TimeProvider time)
{
    private static readonly TimeSpan _usual = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _most = TimeSpan.FromHours(24);

    /// <summary>A link to the client that the id leads to now, and to no other.</summary>
    public async ValueTask<CreateMyLinkResponse> CreateAsync(CreateMyLinkRequest request, CallContext call)
    {
        RequestValidator.CheckClientId(request.ClientId);
        var expires = time.GetUtcNow() + Lifetime(request.Lifetime);
        var client = await ids.ClientOfAsync(request.ClientId, call);
        var token = passes.Link(new MyPass(call.Tenant, request.ClientId, client, expires));
        return new CreateMyLinkResponse
        {
            Path = $"{PagePaths.Enter}?pass={token}",
            Expires = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(expires.ToUnixTimeSeconds())),
        };
    }

    private static TimeSpan Lifetime(Duration? asked)
    {
        if (asked is null)
        {
            return _usual;
        }

        return asked.Seconds >= _least.TotalSeconds && asked.Seconds <= _most.TotalSeconds
            ? TimeSpan.FromSeconds(asked.Seconds)
            : throw new GridException([new Fault("lifetime", $"is {asked.Seconds} s", "1 minute to 24 hours")]);
    }
}
