namespace Footprint.Grid.Grains.Definitions;

/// <summary>Which silos follow, what each of them has, and who waits for them to have more. One thread at a time.</summary>
internal sealed class Followers(TimeProvider time)
{
    /// <summary>Who has not asked for so long is not waited for: it asks anew at the latest when its last question was held to the end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (ulong Has, long Asked)> _followers = new(StringComparer.Ordinal);
    private TaskCompletionSource _asked = New();

    /// <summary>Silos that asked lately.</summary>
    public int Count => _followers.Count;

    public void Asked(string follower, ulong has)
    {
        _followers[follower] = (has, time.GetTimestamp());
        Signal();
    }

    public void Left(string follower)
    {
        _followers.Remove(follower);
        Signal();
    }

    /// <summary>
    /// Waits until every silo that follows has the version, at most <see cref="Patience"/>; gives how many do not have
    /// it then. Those are dead or cut off, and see it as soon as they ask again.
    /// </summary>
    public async Task<int> HaveAsync(ulong version)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            int without = Without(version);
            TimeSpan left = Patience - time.GetElapsedTime(start);
            if (without == 0 || left <= TimeSpan.Zero)
            {
                return without;
            }

            try
            {
                await _asked.Task.WaitAsync(left, time);
            }
            catch (TimeoutException)
            {
                // Counted once more above.
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int Without(ulong version)
    {
        int without = 0;
        List<string>? gone = null;
        foreach ((string follower, (ulong has, long asked)) in _followers)
        {
            if (time.GetElapsedTime(asked) > Patience)
            {
                (gone ??= []).Add(follower);
            }
            else if (has < version)
            {
                without++;
            }
        }

        gone?.ForEach(f => _followers.Remove(f));
        return without;
    }

    private void Signal()
    {
        TaskCompletionSource asked = _asked;
        _asked = New();
        asked.TrySetResult();
    }
}
