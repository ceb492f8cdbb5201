using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What trust does to evidence. Of a rejected interest there is none. Of a confirmed one all that is there counts on, and
/// beside it stands what the confirmation adds: from when it was heard of, and of later evidence from that on, its value at a
/// longer half-life less its value at its own, so that the sum decays slower; and who may not use what the client declared reads
/// the evidence as if it had not been confirmed.
/// </summary>
internal sealed partial class InterestTable
{
    /// <summary>Two clients become one; evidence adds up, and what either said holds as if one had said it.</summary>
    public void Merge(InterestTable other)
    {
        for (int j = 0; j < other.Count; j++)
        {
            ref Entry theirs = ref other._entries[j];
            int i = FindOrAdd(theirs.Topic);
            ref Entry entry = ref _entries[i];
            entry.RejectedMs = Math.Max(entry.RejectedMs, theirs.RejectedMs);
            bool areBothConfirmed = entry.Trust == Trust.Confirmed && theirs.Trust == Trust.Confirmed;
            long confirmedMs = Math.Min(entry.ConfirmedMs, theirs.ConfirmedMs);
            Advance(i, TrustLadder.ActOf(theirs.Trust), theirs.TrustMs, theirs.ConfirmedMs);
            entry.ConfirmedMs = areBothConfirmed ? confirmedMs : entry.ConfirmedMs;
            for (int c = 0; c < other._width && entry.Trust != Trust.Rejected; c++)
            {
                double evidence = other.Evidence(j, c);
                if (evidence == 0 || (other._columns.IsConfirmation(c) && entry.Trust != Trust.Confirmed))
                {
                    continue;
                }

                int column = PrepareColumn(other._columns.Key(c), other._columns.LandmarkMs(c));
                _evidence[(i * _width) + column] += evidence * _columns.Growth(column, other._columns, c);
                if (entry.Trust == Trust.Confirmed && theirs.Trust != Trust.Confirmed)
                {
                    Confirm(i, other._columns, c, evidence, Math.Max(entry.ConfirmedMs, other.LastMsOf(j, other._columns.Categories(c))));
                }
            }

            for (int k = 0; k < other._kinds.Length && entry.Trust != Trust.Rejected; k++)
            {
                See(i, other._kinds[k], other.SeenBy(j, k));
            }
        }

        Evict();
    }

    private void Step(int i, TrustAct act, long timeMs, long takenMs, in ActOrigin origin)
    {
        Trust before = _entries[i].Trust;
        bool isStep = Advance(i, act, timeMs, takenMs);
        if (act == TrustAct.Ask && _entries[i].Trust == Trust.Probed)
        {
            // Asked again is one step, of the last time.
            if (_entries[i].TrustMs == timeMs)
            {
                history.Ask(_entries[i].Topic, timeMs, origin.Channel);
            }
        }
        else if (isStep)
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

    private bool Advance(int i, TrustAct act, long timeMs, long takenMs)
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

        entry.ConfirmedMs = entry.Trust == Trust.Confirmed ? takenMs : 0;
        if (entry.Trust == Trust.Rejected)
        {
            ClearSeen(i);
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
                Confirm(i, _columns, c, evidence, Math.Max(entry.ConfirmedMs, LastMsOf(i, _columns.Categories(c))));
            }
        }

        return true;
    }

    // What a confirmation at that time adds to evidence in a column.
    private void Confirm(int i, DecayColumns columns, int column, double evidence, long atMs) =>
        Confirm(i, evidence * columns.Decay(column, atMs), columns.Key(column), atMs);

    private void Confirm(int i, double value, in DecayColumns.ColumnKey key, long atMs)
    {
        DecayColumns.ColumnKey own = key with { IsConfirmation = true };
        Add(i, -value, own, atMs);
        Add(i, value, own with { HalfLifeMs = own.HalfLifeMs * TrustLadder.ConfirmedHalfLives }, atMs);
    }

    // What an earlier confirmation adds to new evidence: from the later of the two on.
    private void ConfirmLate(int i, double weight, in DecayColumns.ColumnKey key, long timeMs)
    {
        long at = Math.Max(timeMs, _entries[i].ConfirmedMs);
        Confirm(i, weight * double.Exp2((timeMs - at) / key.HalfLifeMs), key, at);
    }

    // Evidence that has that value at that time.
    private void Add(int i, double value, in DecayColumns.ColumnKey key, long atMs)
    {
        int column = PrepareColumn(key, atMs);
        _evidence[(i * _width) + column] += value * _columns.Growth(column, atMs);
    }
}
