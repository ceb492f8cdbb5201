using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Tests.Auth;

public sealed class ApiKeyRingTests
{
    private readonly ApiKeyRing _ring = new(
        [new ApiKeyOptions { Id = "k", Hash = ApiKey.Hash("secret").ToUpperInvariant(), Tenant = "t", Scopes = ["ingest", "decide"] }],
        new LimitOptions(),
        TimeProvider.System);

    [Theory]
    [InlineData("Bearer secret")]
    [InlineData("bearer secret")]
    [InlineData("Bearer  secret ")]
    public void Find_ValidKey_ItsPrincipal(string header)
    {
        for (var i = 0; i < 3; i++)
        {
            var principal = _ring.Find(header);
            Assert.Equal(("k", "t", Scope.Ingest | Scope.Decide), (principal!.KeyId, principal.Tenant, principal.Scopes));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("Basic secret")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer Secret")]
    [InlineData("Bearer secret2")]
    public void Find_AnythingElse_Null(string? header) => Assert.Null(_ring.Find(header));

    [Fact]
    public void Find_ManySpellingsOfAValidKey_AllFound()
    {
        // More than are remembered: what is not remembered is looked up each time.
        Assert.All(Enumerable.Range(0, 50), n => Assert.NotNull(_ring.Find("Bearer " + new string(' ', n) + "secret")));
    }

    [Fact]
    public void Access_WithoutExactlyOneScope_CannotBe()
    {
        Assert.Throws<ArgumentException>(() => Access.Needs(Scope.None));
        Assert.Throws<ArgumentException>(() => Access.Needs(Scope.Ingest | Scope.Decide));
    }
}
