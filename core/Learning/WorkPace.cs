namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Keeps work in the background to a part of one core: after each piece of length w nothing is done for r·w, so of any time
/// that begins with a piece and ends before the next at most 1 / (1 + r) is work, however much there is to do. One caller at
/// a time; the clock is the caller's.
/// </summary>
/// <param name="rest">Rest for each length of work that decisions wait for.</param>
public sealed class WorkPace(int rest = WorkPace.RestOfPublishing)
{
    /// <summary>
    /// Rest for each length of work that decisions wait for: a tenth of a core. A piece of up to 70 ms is followed by the next within
    /// the second that decisions may have to wait.
    /// </summary>
    public const int RestOfPublishing = 9;

    /// <summary>Rest for each length of adding up what goes to others: a twenty-first of a core.</summary>
    public const int RestOfGathering = 20;

    /// <summary>Rest for each length of taking what others teach: a twentieth of a core, which with publishing and gathering is less than a fifth.</summary>
    public const int RestOfTaking = 19;

    /// <summary>Rest for each length of work that only a restart needs: a sixth of a core, as it comes seldom and is long.</summary>
    public const int RestOfSaving = 5;

    private TimeSpan _rest;
    private long _ticks;

    /// <summary>All the work so far; from any thread.</summary>
    public TimeSpan Done => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Whether the next piece may begin so long after the last one ended.</summary>
    public bool MayWork(TimeSpan sinceLast) => sinceLast >= _rest;

    /// <summary>Takes note of what was done at one go.</summary>
    /// <param name="publishing">How long what decisions wait for took.</param>
    /// <param name="saving">How long the rest took.</param>
    public void Worked(TimeSpan publishing, TimeSpan saving = default)
    {
        _rest = (publishing * rest) + (saving * RestOfSaving);
        Interlocked.Add(ref _ticks, (publishing + saving).Ticks);
    }
}
