namespace Footprint.Grid.Api.Auth;

/// <summary>The names of scopes, as configuration and messages write them.</summary>
public static class Scopes
{
    private static readonly (string Name, Scope Scope)[] _names =
    [
        ("ingest", Scope.Ingest),
        ("decide", Scope.Decide),
        ("profile:read", Scope.ProfileRead),
        ("profile:write", Scope.ProfileWrite),
        ("define", Scope.Define),
        ("report", Scope.Report),
        ("admin", Scope.Admin),
    ];

    /// <summary>All names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _names.Select(pair => pair.Name)];

    /// <summary>False for a name that is none.</summary>
    public static bool TryParse(string? name, out Scope scope)
    {
        foreach (var pair in _names)
        {
            if (string.Equals(pair.Name, name, StringComparison.Ordinal))
            {
                scope = pair.Scope;
                return true;
            }
        }

        scope = Scope.None;
        return false;
    }

    /// <summary>The name of a single scope.</summary>
    public static string Name(Scope scope) => _names.First(pair => pair.Scope == scope).Name;
}
