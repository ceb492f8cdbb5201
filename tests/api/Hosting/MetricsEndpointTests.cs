using System.Net;
using Footprint.Grid.Api.Hosting;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Tests.Hosting;

public sealed class MetricsEndpointTests
{
    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("::ffff:127.0.0.1", null, true)]
    [InlineData("192.0.2.1", null, false)]
    [InlineData("127.0.0.1", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "Forwarded", false)]
    public void Caller_IsLocal_OnlyFromThisMachineItself(string address, string? header, bool local)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        if (header is not null)
        {
            context.Request.Headers[header] = "192.0.2.1";
        }

        Assert.Equal(local, MetricsEndpoint.IsLocal(context));
    }
}
