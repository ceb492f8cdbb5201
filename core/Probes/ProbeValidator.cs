using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Probes;

/// <summary>Checks what probes mean and gathers every fault, named from <c>probes[i]</c>.</summary>
internal static class ProbeValidator
{
    private const int MaxTopics = 100;
    private const int MaxTexts = 32;
    private const int MaxTextBytes = 512;
    private const int MaxNames = 1000;
    private const int MaxPurposes = 8;
    private const int MaxPlacements = 64;
    private const int MaxCaps = 8;
    private const long MinuteS = 60;
    private const long DayS = 86_400;

    public static void Check(UpsertProbesRequest request, List<Fault> faults)
    {
        faults.Size("probes", request.Probes.Count, 1, DefinitionsValidator.MaxBatch);
        for (int i = 0; i < Math.Min(request.Probes.Count, DefinitionsValidator.MaxBatch); i++)
        {
            Check(request.Probes[i], $"probes[{i}]", faults);
        }
    }

    private static void Check(Probe probe, string at, List<Fault> faults)
    {
        faults.Id($"{at}.probeId", probe.ProbeId);
        Ids(probe.Topics, $"{at}.topics", MaxTopics, faults);
        bool isAny = probe.Topics.Contains(ProbeDefinition.AnyTopic);
        if (isAny && probe.Topics.Count > 1)
        {
            faults.Add(new Fault($"{at}.topics", "has other topics beside *", "* alone, or topics"));
        }

        faults.Size($"{at}.texts", probe.Texts.Count, 1, MaxTexts);
        for (int i = 0; i < Math.Min(probe.Texts.Count, MaxTexts); i++)
        {
            Check(probe.Texts[i], $"{at}.texts[{i}]", needsTopic: isAny || probe.Topics.Count > 1, faults);
        }

        Number(probe.LeastEvidence, $"{at}.leastEvidence", faults);
        Number(probe.Value, $"{at}.value", faults);
        Purposes(probe, at, faults);
        Ids(probe.Placements, $"{at}.placements", MaxPlacements, faults);
        faults.Size($"{at}.frequencyCaps", probe.FrequencyCaps.Count, 0, MaxCaps);
        for (int i = 0; i < Math.Min(probe.FrequencyCaps.Count, MaxCaps); i++)
        {
            faults.Range($"{at}.frequencyCaps[{i}].count", probe.FrequencyCaps[i].Count, 1, ProbeMemory.MostCap);
            Between(probe.FrequencyCaps[i].Window, MinuteS, 30 * DayS, $"{at}.frequencyCaps[{i}].window", "one minute to 30 days", faults);
        }

        if (probe.RepeatAfter is not null)
        {
            Between(probe.RepeatAfter, DayS, 366 * DayS, $"{at}.repeatAfter", "1 day to 1 year", faults);
        }

        long startMs = long.MinValue;
        bool starts = probe.StartTime is null || faults.Time($"{at}.startTime", probe.StartTime, out startMs);
        if (probe.EndTime is not null && faults.Time($"{at}.endTime", probe.EndTime, out long endMs) && starts && endMs <= startMs)
        {
            faults.Add(new Fault($"{at}.endTime", "is not after startTime", "later than startTime"));
        }
    }

    private static void Check(ProbeText text, string at, bool needsTopic, List<Fault> faults)
    {
        faults.Name($"{at}.language", text.Language);
        if (!FieldChecks.IsText(text.Question, 1, MaxTextBytes))
        {
            faults.Add(new Fault($"{at}.question", "a question is missing, too long or has control characters", $"1 to {MaxTextBytes} bytes of UTF-8"));
        }
        else if (needsTopic && !text.Question.Contains("{topic}", StringComparison.Ordinal))
        {
            faults.Add(new Fault($"{at}.question", "does not say what it is about", "{topic} in it"));
        }

        faults.Text($"{at}.reward", text.Reward, MaxTextBytes);
        faults.Size($"{at}.topicNames", text.TopicNames.Count, 0, MaxNames);
        foreach ((string topic, string name) in text.TopicNames.Take(MaxNames))
        {
            faults.Id($"{at}.topicNames key", topic);
            faults.Id($"{at}.topicNames.{topic}", name);
        }
    }

    private static void Purposes(Probe probe, string at, List<Fault> faults)
    {
        faults.Size($"{at}.purposes", probe.Purposes.Count, 0, MaxPurposes);
        for (int i = 0; i < Math.Min(probe.Purposes.Count, MaxPurposes); i++)
        {
            faults.Token($"{at}.purposes[{i}]", probe.Purposes[i]);
            if (probe.Purposes[i] == Consent.Purposes.Sharing)
            {
                faults.Add(new Fault($"{at}.purposes[{i}]", "is sharing, which names recipients one by one", "another purpose"));
            }
        }

        faults.Text($"{at}.textVersion", probe.TextVersion, 64);
        if (probe.Purposes.Count > 0 && probe.TextVersion.Length == 0)
        {
            faults.Add(new Fault($"{at}.textVersion", "is missing", "1 to 64 bytes, with purposes"));
        }
    }

    private static void Ids(RepeatedField<string> ids, string at, int most, List<Fault> faults)
    {
        faults.Size(at, ids.Count, 1, most);
        for (int i = 0; i < Math.Min(ids.Count, most); i++)
        {
            faults.Id($"{at}[{i}]", ids[i]);
        }
    }

    private static void Number(double number, string at, List<Fault> faults)
    {
        if (!(number is >= 0 and <= FieldChecks.MaxWeight))
        {
            faults.Add(new Fault(at, $"is {number}", $"0 < value <= {FieldChecks.MaxWeight}"));
        }
    }

    private static void Between(Duration? duration, long leastS, long mostS, string at, string limit, List<Fault> faults)
    {
        if (duration is null || duration.Nanos != 0 || duration.Seconds < leastS || duration.Seconds > mostS)
        {
            faults.Add(new Fault(at, duration is null ? "is missing" : $"is {duration.Seconds} s and {duration.Nanos} ns", $"{limit}, whole seconds"));
        }
    }
}
