namespace Footprint.Grid.Api.Commands;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It was set up well and still could not do its work.</summary>
    public const int Failure = 1;

    /// <summary>It was set up wrongly; nothing was done.</summary>
    public const int Configuration = 2;
}
