namespace Footprint.Grid.Api.Auth;

/// <summary>What a key may be used for. <see cref="Admin"/> holds all the others.</summary>
[Flags]
public enum Scope
{
    None = 0,
    Ingest = 1,
    Decide = 2,
    ProfileRead = 4,
    ProfileWrite = 8,
    Define = 16,
    Admin = 32,
    Report = 64,
}
