using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Retention;

namespace Footprint.Grid.Api.Options;

/// <summary>A tenant as it is configured.</summary>
internal sealed record TenantOptions : TenantSettings
{
    /// <summary>The tenant that is always there; opt-out unless configured otherwise.</summary>
    public const string Default = "default";

    public TenantOptions(string name, ConsentRegime consent)
        : base(consent)
    {
        Name = name;
        Retention = RetentionRules.Default;
    }

    public string Name { get; }
}
