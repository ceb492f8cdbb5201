using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Api.Options;

/// <summary>A tenant and what holds for its clients who said nothing.</summary>
internal sealed record TenantOptions(string Name, ConsentRegime Consent)
{
    /// <summary>The tenant that is always there; opt-out unless configured otherwise.</summary>
    public const string Default = "default";
}
