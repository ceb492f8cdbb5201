using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What trust does to evidence. Of a rejected interest there is none. Of a confirmed one all that is there counts on, and
/// beside it stands what the confirmation adds: from then on its value at a longer half-life less its value at its own,
/// so that the sum decays slower; and who may not use what the client declared reads the evidence as if it had not been
/// confirmed.
/// </summary>
internal sealed partial class InterestTable
{
    /// <summary>Two clients become one; evidence adds up, and what either said holds as if one had said it.</summary>
    public void Merge(InterestTable other)
    {
        for (int j = 0; j < other.Count; j++)
        {
            ref Entry theirs = ref other._entries[j];
            int i = FindOrAdd(theirs.Topic, theirs.LastSeenMs);
            ref Entry entry = ref _entries[i];
            entry.RejectedMs = Math.Max(entry.RejectedMs, theirs.RejectedMs);
            Advance(i, TrustLadder.ActOf(theirs.Trust), theirs.TrustMs);
            entry.PassiveCount += theirs.PassiveCount;
            entry.ActiveCount += theirs.ActiveCount;
            for (int c = 0; c < other._width && entry.Trust != Trust.Rejected; c++)
            {
                double evidence = other.Evidence(j, c);
                if (evidence == 0 || (other._columns.IsConfirmation(c) && entry.Trust != Trust.Confirmed))
                {
                    continue;
                }

                Add(i, evidence, other._columns.Key(c), other._columns.LandmarkMs(c));
                if (entry.Trust == Trust.Confirmed && theirs.Trust != Trust.Confirmed)
                {
                    Confirm(i, other._columns, c, evidence, Math.Max(entry.TrustMs, theirs.LastSeenMs));
                }
            }

            Saw(ref entry, theirs.LastSeenMs, new ActOrigin(DataCategories.None, theirs.Source, theirs.Channel, theirs.IsImported));
        }

        Evict();
    }

    /// <summary>Leaves out what was concluded, or all evidence of a category; a rejection stays, for it is an order.</summary>
    public void Forget(DataCategories categories)
    {
        for (int c = 0; c < _width; c++)
        {
            for (int i = 0; i < Count && (_columns.Categories(c) & categories) != 0; i++)
            {
                _evidence[(i * _width) + c] = 0;
            }
        }

        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry entry = ref _entries[i];
            if ((categories & DataCategories.Acts) != 0)
            {
                (entry.PassiveCount, entry.ActiveCount, entry.Source, entry.Channel) = (0, 0, "", default);
            }

            bool isGone = entry.IsSpoken
                ? (categories & DataCategories.Declared) != 0 && entry.Trust != Trust.Rejected
                : (categories & DataCategories.Inferred) != 0;
            if (isGone && entry.IsLifted)
            {
                RejectAgain(i);
            }
            else if (isGone || (!entry.IsSpoken && HasNoEvidence(i)))
            {
                Remove(i);
            }
        }
    }

    // What lifted the no may not be known any more, so it holds as before that.
    private void RejectAgain(int i)
    {
        Entry lifted = _entries[i];
        history.Keep(topic => topic != lifted.Topic, _ => true);
        _entries[i] = new Entry { Topic = lifted.Topic, Trust = Trust.Rejected, TrustMs = lifted.RejectedMs, RejectedMs = lifted.RejectedMs, LastSeenMs = lifted.RejectedMs, Source = "" };
        _marks[i] = _marks[i] with { State = _entries[i].State };
        _evidence.AsSpan(i * _width, _width).Clear();
    }

    private void Step(int i, TrustAct act, long timeMs, in ActOrigin origin)
    {
        Trust before = _entries[i].Trust;
        if (Advance(i, act, timeMs))
        {
            history.Add(new StoredTrustChange
            {
                Topic = _entries[i].Topic,
                From = before,
                To = _entries[i].Trust,
                TimeMs = timeMs,
                Source = origin.Source,
                Channel = origin.Channel,
            });
        }
    }

    private bool Advance(int i, TrustAct act, long timeMs)
    {
        ref Entry entry = ref _entries[i];
        Trust before = entry.Trust;
        entry.RejectedMs = act == TrustAct.Reject ? Math.Max(entry.RejectedMs, timeMs) : entry.RejectedMs;
        bool isStep = TrustLadder.Take(ref entry.Trust, ref entry.TrustMs, act, timeMs);
        _marks[i] = _marks[i] with { State = entry.State };
        if (!isStep)
        {
            return false;
        }

        int width = _width;
        for (int c = 0; c < width; c++)
        {
            double evidence = Evidence(i, c);
            if (entry.Trust == Trust.Rejected || (before == Trust.Confirmed && _columns.IsConfirmation(c)))
            {
                _evidence[(i * _width) + c] = 0;
            }
            else if (entry.Trust == Trust.Confirmed && evidence != 0 && !_columns.IsConfirmation(c))
            {
                Confirm(i, _columns, c, evidence, Math.Max(entry.TrustMs, entry.LastSeenMs));
            }
        }

        return true;
    }

    // What a confirmation at that time adds to evidence in a column.
    private void Confirm(int i, DecayColumns columns, int column, double evidence, long atMs) =>
        Confirm(i, evidence * columns.Decay(column, atMs), columns.Key(column), atMs);

    private void Confirm(int i, double value, in DecayColumns.ColumnKey key, long atMs)
    {
        DecayColumns.ColumnKey own = key with { Categories = key.Categories | DataCategories.Declared, IsConfirmation = true };
        Add(i, -value, own, atMs);
        Add(i, value, own with { HalfLifeMs = own.HalfLifeMs * TrustLadder.ConfirmedHalfLives }, atMs);
    }

    // What an earlier confirmation adds to new evidence: from the later of the two on.
    private void ConfirmLate(int i, double weight, in DecayColumns.ColumnKey key, long timeMs)
    {
        long at = Math.Max(timeMs, _entries[i].TrustMs);
        Confirm(i, weight * double.Exp2((timeMs - at) / key.HalfLifeMs), key, at);
    }

    // Evidence that has that value at that time.
    private void Add(int i, double value, in DecayColumns.ColumnKey key, long atMs)
    {
        int column = PrepareColumn(key, atMs);
        _evidence[(i * _width) + column] += value * _columns.Growth(column, atMs);
    }

    private void Saw(ref Entry entry, long timeMs, in ActOrigin origin)
    {
        // Of two at the same time the greater one, so that the order of arrival has no say.
        if (entry.Source.Length == 0 || timeMs > entry.LastSeenMs || (timeMs == entry.LastSeenMs && IsGreater(origin, entry)))
        {
            (entry.Source, entry.Channel, entry.IsImported) = (origin.Source, origin.Channel, origin.IsImported);
        }

        entry.LastSeenMs = Math.Max(entry.LastSeenMs, timeMs);
        _latestMs = Math.Max(_latestMs, timeMs);
    }

    private static bool IsGreater(in ActOrigin origin, in Entry entry)
    {
        int order = string.CompareOrdinal(origin.Source, entry.Source);
        order = order != 0 ? order : ((int)origin.Channel).CompareTo((int)entry.Channel);
        return order > 0 || (order == 0 && origin.IsImported);
    }

    private bool HasNoEvidence(int i) => !_evidence.AsSpan(i * _width, _width).ContainsAnyExcept(0.0);
}
