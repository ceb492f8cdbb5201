using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Reflection;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Retention;

/// <summary>What an idle client leaves.</summary>
public static partial class Expiry
{
    private static readonly int[] _outliving =
    [
        StoredProfile.JournalSequenceFieldNumber, StoredProfile.VersionFieldNumber, StoredProfile.ErasedAtMsFieldNumber,
        StoredProfile.ConsentsFieldNumber, StoredProfile.ConsentHistoryFieldNumber, StoredProfile.AliasesFieldNumber, StoredProfile.LinkedIdsFieldNumber,
        StoredProfile.KnownFieldNumber, StoredProfile.CountriesFieldNumber, StoredProfile.CountriesMsFieldNumber, StoredProfile.UndatedCountriesFieldNumber, StoredProfile.ProbesFieldNumber,
        StoredProfile.AdAnswersFieldNumber, StoredProfile.AdImpressionsLostMsFieldNumber, StoredProfile.AdImpressionsLostFieldNumber,
        StoredProfile.ContentImpressionsLostMsFieldNumber,
    ];

    // Whether there is anything that would go if the client were idle.
    private static bool HoldsSomethingIdle(ClientProfile profile, long nowMs)
    {
        if ((profile.Countries.Count > 0 || profile.IsKnown) && LeavesNothing(profile, nowMs))
        {
            return true;
        }

        StoredProfile stored = ProfileCodec.Save(profile);
        int before = stored.CalculateSize();
        Empty(stored, nowMs);
        return stored.CalculateSize() != before;
    }

    /// <summary>Whether nothing outlives an idle client's data: no decision of it, no rejection, no linked id and nothing that a cap counts.</summary>
    internal static bool LeavesNothing(ClientProfile profile, long nowMs) =>
        profile.Consents.History.Count == 0 && profile.Aliases.Count == 0 && profile.LinkedIds is null
        && profile.Probes is not { HasDeclined: true } && !(profile.Probes?.LastAskedMs >= FirstCountedMs(nowMs)) && !HasRejected(profile)
        && !profile.AdImpressions.IsCountable(nowMs) && !profile.ContentImpressions.IsCountable(nowMs);

    /// <summary>Whether the client said no to something that was known of it or shown; a no outlives everything but an erasure.</summary>
    private static bool HasRejected(ClientProfile profile)
    {
        for (int i = 0; i < profile.Interests.Count; i++)
        {
            if (profile.Interests[i].RejectedMs != 0)
            {
                return true;
            }
        }

        return profile.AdAnswers?.HasDismissed == true || profile.Traits.All.Any(trait => trait.Trust == Trust.Rejected);
    }

    // Whatever a profile may come to hold goes, but for what is named here, and of what was rejected that and when it was.
    private static void Empty(StoredProfile stored, long nowMs)
    {
        Shown(stored, long.MaxValue, nowMs);
        Change(stored, memory => memory.KeepOrdersAlone(FirstCountedMs(nowMs)));
        KeepConversions(stored, _ => false);
        StoredInterest[] interests = [.. stored.Interests.Select(i => (i.Topic, Ms: i.Trust == Trust.Rejected ? i.TrustMs : i.RejectedMs)).Where(i => i.Ms != 0)
            .Select(i => new StoredInterest { Topic = i.Topic, Trust = Trust.Rejected, TrustMs = i.Ms, LastSeenMs = i.Ms })];
        StoredTrait[] traits = [.. stored.Traits.Where(t => t.Trust == Trust.Rejected)
            .Select(t => new StoredTrait { Name = t.Name, Value = t.Value, Category = t.Category, Trust = t.Trust, TimeMs = t.TimeMs })];
        foreach (FieldDescriptor field in StoredProfile.Descriptor.Fields.InDeclarationOrder())
        {
            if (!_outliving.Contains(field.FieldNumber))
            {
                field.Accessor.Clear(stored);
            }
        }

        stored.Interests.AddRange(interests);
        stored.Traits.AddRange(traits);
    }
}
