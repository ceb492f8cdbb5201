namespace Footprint.Grid.Grains.Tests;

public sealed class FootprintGrainsOptionsTests
{
    [Fact]
    public void Validate_Everything_IsNamedAtOnce()
    {
        var options = new FootprintGrainsOptions
        {
            MaxRequestsPerClient = 0,
            MaxPendingBytes = 1,
            CheckpointBytes = 1,
            CheckpointAfter = TimeSpan.Zero,
            IdleAfter = TimeSpan.Zero,
            StoreTimeout = TimeSpan.Zero,
            SlowStore = TimeSpan.Zero,
            Tenants = { ["a b"] = new((Core.Consent.ConsentRegime)9) },
        };

        IReadOnlyList<string> errors = options.Validate();

        Assert.Equal(
            ["Redis", "Secret.Length", "Tenants", "Tenants", "MaxRequestsPerClient", "MaxPendingBytes", "CheckpointBytes", "CheckpointAfter", "IdleAfter", "StoreTimeout", "SlowStore"],
            errors.Select(e => e.Split(':')[0]));
    }

    [Fact]
    public void Validate_Defaults_LackOnlyTheRedisAndItsSecret() =>
        Assert.Equal(["Redis", "Secret.Length"], new FootprintGrainsOptions().Validate().Select(e => e.Split(':')[0]));
}
