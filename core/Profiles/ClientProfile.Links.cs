using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>What links, and their ends, do to the profile.</summary>
public sealed partial class ClientProfile
{
    private void Apply(JournalEntry.Types.Merged merged)
    {
        string id = merged.AnonymousId;
        ChangeLinked(ids => ids.Link(id, merged.NotBeforeMs));

        // An id that was an alias before and was parted from somebody since brings what is new.
        if (Aliases.Add(id) || merged.NotBeforeMs != 0)
        {
            ClientProfile other = ProfileCodec.Load(merged.Profile.Clone());

            // What stays out under the id was said by its time above; the client's own stays in.
            other.ErasedAtMs = 0;
            LinkedTrust? before = merged.TimeMs == 0 ? null : new LinkedTrust(this, other);
            Merge(other);
            before?.Remember(this, merged.TimeMs);
            if (merged.ForgetCategories != 0)
            {
                Forget((DataCategories)merged.ForgetCategories);
            }
        }
    }

    private void Apply(JournalEntry.Types.Unlinked unlinked)
    {
        if (unlinked.ClientId.Length > 0)
        {
            Forget();
            AliasOf = null;
            ErasedAtMs = Math.Max(ErasedAtMs, unlinked.TimeMs);
            return;
        }

        Aliases.Remove(unlinked.AnonymousId);
        ChangeLinked(ids => ids.Unlink(unlinked.AnonymousId, unlinked.SignOut ? 0 : unlinked.TimeMs));
    }

    private void ChangeLinked(Action<LinkedIds> change)
    {
        LinkedIds ids = LinkedIds ?? new LinkedIds();
        change(ids);
        LinkedIds = ids.IsEmpty ? null : ids;
        IsKnown = true;
    }

    /// <summary>Adds what holds for single ids.</summary>
    internal void Take(IEnumerable<StoredLinkedId> ids)
    {
        foreach (StoredLinkedId id in ids)
        {
            (LinkedIds ??= new LinkedIds()).Merge(id);
        }
    }
}
