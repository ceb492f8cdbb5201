using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// How long an answer is held back for what it promises to become durable, and what is said when it does not: the change
/// was applied and is saved as soon as the store takes it, but that is no longer promised.
/// </summary>
public static class DurablePromise
{
    private const long MostMarginMs = 25;

    /// <summary>A little before the caller's deadline, so that the caller hears this rather than its own clock.</summary>
    public static long LastMoment(long deadlineMs, long nowMs) => deadlineMs - Math.Clamp((deadlineMs - nowMs) / 8, 0, MostMarginMs);

    /// <param name="problem">Why the store takes nothing, when that is known.</param>
    public static GridException Broken(string? problem) =>
        new(Code.Unavailable, problem ?? "The change was applied but did not become durable by the deadline.");
}
