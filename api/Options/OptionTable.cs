namespace Footprint.Grid.Api.Options;

/// <summary>
/// Every option of one program, once. The command line, the environment, appsettings, the help and the schema all follow these rows:
/// <c>--api-key</c> is <c>FOOTPRINT_API_KEY</c> in the environment and <c>Footprint:ApiKey</c> in appsettings. The command line
/// goes before the environment, and the environment before appsettings. Keys and tenants are lists
/// (<c>FOOTPRINT_KEYS__0__HASH</c>, <c>Footprint:Keys:0:Hash</c>) and have no place on the command line.
/// </summary>
/// <param name="Program">What messages call it: node, silo, gateway.</param>
internal sealed record OptionTable(string Program, IReadOnlyList<OptionRow> Rows)
{
    public const string VariablePrefix = "FOOTPRINT_";
    public const string Section = "Footprint";
    public const string KeysSetting = "Keys";
    public const string TenantsSetting = "Tenants";

    /// <summary>Names the appsettings file, so it cannot stand inside it.</summary>
    public static readonly OptionRow Config = OptionRow.Text(
        "config", null, "FILE", "Settings file; appsettings.json here or beside the program when absent.", "a JSON file");

    /// <summary>Settings of appsettings that are lists.</summary>
    public static readonly IReadOnlyList<string> Lists = [KeysSetting, TenantsSetting];
}
