using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Tests.Limits;

public sealed class OptionsTests
{
    [Fact]
    public void Validate_Defaults_Valid() => Assert.True(Validate(new FootprintApiOptions()).Succeeded);

    [Fact]
    public void Validate_ManyFaults_AllNamedAtOnce()
    {
        var options = new FootprintApiOptions { MaxMessageBytes = 1, DefaultDeadline = TimeSpan.Zero };
        options.Keys.Add(new ApiKeyOptions { Id = "", Hash = "abc", Tenant = "a/b", Scopes = ["everything"] });
        options.Limits.TenantRate = 0;
        options.Limits.Tenants["t"] = new TenantLimitOptions { Burst = 0 };

        var failures = Validate(options).Failures!.ToList();

        Assert.All(
            new[] { "MaxMessageBytes", "DefaultDeadline", "Keys:0:Id", "Keys:0:Hash", "Keys:0:Tenant", "Keys:0:Scopes", "Limits:TenantRate", "Limits:Tenants:t:Burst" },
            field => Assert.Contains(failures, failure => failure.StartsWith(field, StringComparison.Ordinal)));
        Assert.DoesNotContain(failures, failure => failure.Contains("abc", StringComparison.Ordinal));
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(FootprintApiOptions options) =>
        new FootprintApiOptionsValidator().Validate(null, options);
}
