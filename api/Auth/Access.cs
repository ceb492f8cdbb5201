namespace Footprint.Grid.Api.Auth;

/// <summary>Who may call an operation. There is no way to leave it open by accident: a scope, any key, or nobody asked.</summary>
public sealed class Access
{
    private Access(Scope scope, bool anonymous)
    {
        Scope = scope;
        IsAnonymous = anonymous;
    }

    /// <summary>No key is asked for.</summary>
    public static Access Anonymous { get; } = new(Scope.None, anonymous: true);

    /// <summary>Any valid key will do, whatever its scopes.</summary>
    public static Access AnyKey { get; } = new(Scope.None, anonymous: false);

    /// <summary>The scope that a key needs; <see cref="Scope.None"/> when any key will do.</summary>
    public Scope Scope { get; }

    public bool IsAnonymous { get; }

    /// <summary>A key with this scope, or with <see cref="Scope.Admin"/>.</summary>
    public static Access Needs(Scope scope) => int.PopCount((int)scope) == 1
        ? new(scope, anonymous: false)
        : throw new ArgumentException("An operation needs exactly one scope.", nameof(scope));

    internal bool Allows(Scope held) => Scope == Scope.None || (held & (Scope | Scope.Admin)) != 0;
}
