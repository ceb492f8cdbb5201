using System.Text;
using Footprint.Grid.Silo.Hosting;

namespace Footprint.Grid.Cluster.Tests.Hosting;

public sealed class AdminGateTests
{
    [Theory]
    [InlineData("anybody:the-key", "Bearer the-key")]
    [InlineData(":the:key", "Bearer the:key")]
    [InlineData("no-colon", null)]
    public void Basic_IsReadAsTheKeyInThePassword(string pair, string? bearer) =>
        Assert.Equal(bearer, AdminGate.AsBearer("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))));

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer the-key")]
    [InlineData("")]
    public void Others_AreLeftAlone(string? header) => Assert.Equal(header, AdminGate.AsBearer(header));

    [Fact]
    public void Basic_ThatIsNoBase64_IsNobody() => Assert.Null(AdminGate.AsBearer("Basic ???"));
}
