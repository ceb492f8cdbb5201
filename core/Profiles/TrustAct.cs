namespace Footprint.Grid.Core.Profiles;

/// <summary>What moves a belief on the trust ladder; from <see cref="Declare"/> on it is the client who speaks.</summary>
internal enum TrustAct
{
    Evidence,
    Ask,
    Declare,
    Confirm,
    Reject,
}
