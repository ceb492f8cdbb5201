using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What goes, by consent or by age, goes by its own categories and its own times alone: what is left is what there would be had
/// it never been. A rejection stays, for it is an order.
/// </summary>
internal sealed partial class InterestTable
{
    /// <summary>
    /// Leaves out evidence of these categories, and what the client said, where that may not be kept, so that its interests are as if
    /// it had not spoken. Interests of which nothing is left go, with their steps.
    /// </summary>
    public void Forget(DataCategories categories)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (_entries[i].IsSpoken && (categories & DataCategories.Declared) != 0)
            {
                StepBack(i);
            }

            for (int k = 0; k < _kinds.Length; k++)
            {
                _seen[(i * _kinds.Length) + k] = (_kinds[k] & categories) != 0 ? default : SeenBy(i, k);
            }

            for (int c = 0; c < _width; c++)
            {
                _evidence[(i * _width) + c] = (_columns.Categories(c) & categories) != 0 ? 0 : Evidence(i, c);
            }

            RemoveIfNothingIsLeft(i);
        }

        Tidy();
        history.Forget(categories, this);
    }

    /// <summary>Lets go of what was inferred before: of evidence of each set of categories, when the last of it was before.</summary>
    public void ExpireInferred(long beforeMs)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            for (int k = 0; k < _kinds.Length; k++)
            {
                if ((_kinds[k] & DataCategories.Inferred) != 0 && SeenBy(i, k).LastMs < beforeMs)
                {
                    Clear(i, _kinds[k]);
                }
            }

            RemoveIfNothingIsLeft(i);
        }

        Tidy();
        history.Keep(topic => Find(topic) >= 0);
    }

    /// <summary>
    /// Lets go of what the client declared or confirmed before: the interest is as if it had not spoken, also one that it had
    /// rejected before that.
    /// </summary>
    public void ExpireDeclared(long beforeMs)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Trust is Trust.Declared or Trust.Confirmed && entry.TrustMs < beforeMs)
            {
                string topic = entry.Topic;
                StepBack(i);
                Clear(i, DataCategories.Declared);
                history.TakeBack(topic, entry.RejectedMs);
                RemoveIfNothingIsLeft(i);
            }
            else if (entry.Trust == Trust.Rejected && history.HasWord(entry.Topic, beforeMs))
            {
                history.TakeBack(entry.Topic, entry.RejectedMs);
            }
        }

        Tidy();
        history.Keep(topic => Find(topic) >= 0);
    }

    /// <summary>Has interests that nobody spoke about be <see cref="Trust.Probed"/> where it is known what was asked, and nowhere else.</summary>
    /// <param name="find">What is known of the questions about a topic.</param>
    public void KeepAsked(Func<string, StoredProbe?> find)
    {
        for (int i = 0; i < Count; i++)
        {
            ref Entry entry = ref _entries[i];
            StoredProbe? asked = find(entry.Topic) is { AskedMs: not 0 } probe ? probe : null;
            if (asked is null)
            {
                history.Unask(entry.Topic);
            }

            if (!entry.IsSpoken)
            {
                (entry.Trust, entry.TrustMs) = asked is null ? (Trust.Inferred, 0) : (Trust.Probed, asked.AskedMs);
                _marks[i] = _marks[i] with { State = entry.State };
                if (asked is not null)
                {
                    history.Ask(entry.Topic, asked.AskedMs, asked.Channel);
                }
            }
        }
    }

    // As if the client had said nothing but the no, if there was one.
    private void StepBack(int i)
    {
        ref Entry entry = ref _entries[i];
        bool isRejected = entry.RejectedMs != 0;
        (entry.Trust, entry.TrustMs, entry.ConfirmedMs) = isRejected ? (Trust.Rejected, entry.RejectedMs, 0) : (Trust.Inferred, 0L, 0L);
        _marks[i] = _marks[i] with { State = entry.State };
        if (isRejected)
        {
            ClearSeen(i);
            _evidence.AsSpan(i * _width, _width).Clear();
        }

        for (int c = 0; c < _width; c++)
        {
            _evidence[(i * _width) + c] = _columns.IsConfirmation(c) ? 0 : Evidence(i, c);
        }
    }

    // Evidence of that set of categories, and what a confirmation adds to it.
    private void Clear(int i, DataCategories kind)
    {
        if (Array.IndexOf(_kinds, kind) is >= 0 and var k)
        {
            _seen[(i * _kinds.Length) + k] = default;
        }

        for (int c = 0; c < _width; c++)
        {
            _evidence[(i * _width) + c] = _columns.Key(c).Categories == kind ? 0 : Evidence(i, c);
        }
    }

    private void RemoveIfNothingIsLeft(int i)
    {
        if (!_entries[i].IsSpoken && !IsSeen(i))
        {
            Remove(i);
        }
    }

    // Columns without evidence would say when there was some, landmarks when the last was, and the order of things which of them came
    // with what is gone.
    private void Tidy()
    {
        int[] interests = [.. Enumerable.Range(0, Count).OrderBy(i => _entries[i].Topic, StringComparer.Ordinal)];
        int[] columns = [.. Enumerable.Range(0, _width).Where(c => interests.Any(i => Evidence(i, c) != 0))];
        int[] kinds = [.. Enumerable.Range(0, _kinds.Length).Where(k => interests.Any(i => SeenBy(i, k).IsThere))];
        _evidence = [.. interests.SelectMany(i => columns.Select(c => Evidence(i, c)))];
        _seen = [.. interests.SelectMany(i => kinds.Select(k => SeenBy(i, k)))];
        _entries = [.. interests.Select(i => _entries[i])];
        _hashes = [.. interests.Select(i => _hashes[i])];
        _marks = [.. interests.Select(i => _marks[i])];
        _kinds = [.. kinds.Select(k => _kinds[k])];
        _columns.Keep(columns);
        _width = columns.Length;
        _latestMs = LastMs;
        for (int c = 0; c < _width; c++)
        {
            Scale(c, _columns.MoveLandmarkFor(c, Enumerable.Range(0, Count).Max(i => Math.Abs(Evidence(i, c)))));
        }
    }
}
