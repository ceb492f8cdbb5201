using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>A configured key for each scope, of the tenant default, and one with all scopes of another tenant, and one that acts for a recipient.</summary>
internal static class TestKeys
{
    public const string OtherTenant = "key-of-another-tenant";

    /// <summary>With all scopes, and for <see cref="Recipient"/> alone.</summary>
    public const string OfRecipient = "key-for-a-recipient";

    public const string Recipient = "acme";

    public static IReadOnlyDictionary<string, string> Environment { get; } = Make();

    public static string Of(Scope scope) => "key-with-" + Scopes.Name(scope).Replace(':', '-');

    private static Dictionary<string, string> Make()
    {
        var all = new Dictionary<string, string> { ["FOOTPRINT_TENANTS__0__NAME"] = "other", ["FOOTPRINT_TENANTS__0__CONSENT"] = "opt-out" };
        var number = 0;
        foreach (var scope in Enum.GetValues<Scope>().Where(scope => scope != Scope.None))
        {
            Add(Of(scope), "default", Scopes.Name(scope));
        }

        Add(OtherTenant, "other", "admin");
        Add(OfRecipient, "default", "admin");
        all[$"FOOTPRINT_KEYS__{number - 1}__RECIPIENT"] = Recipient;
        return all;

        void Add(string key, string tenant, string scope)
        {
            var at = $"FOOTPRINT_KEYS__{number++}__";
            all[at + "ID"] = key;
            all[at + "HASH"] = ApiKey.Hash(key);
            all[at + "TENANT"] = tenant;
            all[at + "SCOPES"] = scope;
        }
    }
}
