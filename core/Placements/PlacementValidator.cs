using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Placements;

/// <summary>Checks what placements mean and gathers every fault, named from <c>placements[i]</c>.</summary>
internal static class PlacementValidator
{
    private const int MaxNameBytes = 256;
    private const int MaxQuotas = 64;
    private const int MaxTopicCaps = 16;

    public static void Check(UpsertPlacementsRequest request, List<Fault> faults)
    {
        faults.Size("placements", request.Placements.Count, 1, DefinitionsValidator.MaxBatch);
        for (int i = 0; i < Math.Min(request.Placements.Count, DefinitionsValidator.MaxBatch); i++)
        {
            Check(request.Placements[i], $"placements[{i}]", faults);
        }
    }

    private static void CheckLearning(Placement placement, string at, List<Fault> faults)
    {
        faults.Known($"{at}.learning", placement.Learning, "OFF, OBSERVE or EXPLORE");
        faults.Size($"{at}.learningSegments", placement.LearningSegments.Count, 0, PickFeatures.MostSegments);
        for (int i = 0; i < Math.Min(placement.LearningSegments.Count, PickFeatures.MostSegments); i++)
        {
            faults.Id($"{at}.learningSegments[{i}]", placement.LearningSegments[i]);
            if (placement.LearningSegments.IndexOf(placement.LearningSegments[i]) < i)
            {
                faults.Add(new Fault($"{at}.learningSegments[{i}]", "is there twice", "each segment once"));
            }
        }

        for (int i = 0; i < placement.Liked.Count; i++)
        {
            if (placement.Liked[i] is not (Placement.Types.Liked.Click or Placement.Types.Liked.Conversion) || placement.Liked.IndexOf(placement.Liked[i]) < i)
            {
                faults.Add(new Fault($"{at}.liked[{i}]", "is unknown or there twice", "CLICK and CONVERSION, each once"));
                break;
            }
        }
    }

    private static void Check(Placement placement, string at, List<Fault> faults)
    {
        faults.Id($"{at}.placementId", placement.PlacementId);
        faults.Text($"{at}.name", placement.Name, MaxNameBytes);
        CheckLearning(placement, at, faults);
        CheckPicks(placement, at, faults);
        CheckCaps(placement, at, faults);
        if (placement.Holdout is { } holdout)
        {
            Share(faults, $"{at}.holdout.share", holdout.Share);
            faults.OptionalId($"{at}.holdout.seed", holdout.Seed);
        }
    }

    private static void CheckPicks(Placement placement, string at, List<Fault> faults)
    {
        if (placement.Diversity is { } diversity)
        {
            Share(faults, $"{at}.diversity.lambda", diversity.Lambda);
        }

        faults.Size($"{at}.topicQuotas", placement.TopicQuotas.Count, 0, MaxQuotas);
        for (int i = 0; i < Math.Min(placement.TopicQuotas.Count, MaxQuotas); i++)
        {
            faults.OptionalId($"{at}.topicQuotas[{i}].topic", placement.TopicQuotas[i].Topic);
            faults.Range($"{at}.topicQuotas[{i}].most", placement.TopicQuotas[i].Most, 0, Clients.RequestValidator.MaxPicks);
        }
    }

    private static void CheckCaps(Placement placement, string at, List<Fault> faults)
    {
        faults.Size($"{at}.itemCaps", placement.ItemCaps.Count, 0, CampaignLimits.MaxCaps);
        for (int i = 0; i < Math.Min(placement.ItemCaps.Count, CampaignLimits.MaxCaps); i++)
        {
            Cap(faults, $"{at}.itemCaps[{i}]", placement.ItemCaps[i]);
        }

        faults.Size($"{at}.topicCaps", placement.TopicCaps.Count, 0, MaxTopicCaps);
        for (int i = 0; i < Math.Min(placement.TopicCaps.Count, MaxTopicCaps); i++)
        {
            faults.OptionalId($"{at}.topicCaps[{i}].topic", placement.TopicCaps[i].Topic);
            Cap(faults, $"{at}.topicCaps[{i}].cap", placement.TopicCaps[i].Cap);
        }

        if (placement.TopicCaps.Count <= MaxTopicCaps && placement.TopicCaps.Sum(c => (long)(c.Cap?.Count ?? 0)) > Profiles.ProfileLimits.ContentImpressions)
        {
            faults.Add(new Fault($"{at}.topicCaps", "allow more than is remembered of a client, so they could not be kept", $"{Profiles.ProfileLimits.ContentImpressions} together"));
        }
    }

    private static void Cap(List<Fault> faults, string at, FrequencyCap? cap)
    {
        faults.Range($"{at}.count", cap?.Count ?? 0, 1, CampaignLimits.MaxCapCount);
        if (!AdCheck.IsWindow(cap?.Window))
        {
            faults.Add(new Fault($"{at}.window", "is missing or out of range", "one minute to 30 days"));
        }
    }

    private static void Share(List<Fault> faults, string at, double share)
    {
        if (!(share >= 0 && share <= 1))
        {
            faults.Add(new Fault(at, $"is {share}", "0 to 1"));
        }
    }
}
