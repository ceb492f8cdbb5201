namespace Footprint.Grid.Api.Auth;

/// <summary>Tells whether a caller may use an endpoint that the host serves beside the operations, for example its metrics.</summary>
public sealed class KeyCheck
{
    private readonly ApiKeyRing _keys;

    internal KeyCheck(ApiKeyRing keys) => _keys = keys;

    /// <summary>Whether the value of an <c>Authorization</c> header holds a valid key that this access allows.</summary>
    public bool Allows(string? authorization, Access access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.IsAnonymous || (_keys.Find(authorization) is { } principal && access.Allows(principal.Scopes));
    }
}
