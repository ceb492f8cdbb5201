using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>A probe as it is defined, made ready to be looked at by every decision of its placements. Immutable.</summary>
internal sealed class ProbeDefinition
{
    public const double DefaultEvidence = 3;
    public const string AnyTopic = "*";

    private static readonly (int Count, long WindowMs)[] _onceADay = [(1, 86_400_000)];

    private readonly HashSet<string>? _topics;

    public ProbeDefinition(Probe message)
    {
        Message = message;
        _topics = message.Topics.Contains(AnyTopic) ? null : message.Topics.ToHashSet(StringComparer.Ordinal);
        LeastEvidence = (float)(message.LeastEvidence > 0 ? message.LeastEvidence : DefaultEvidence);
        Value = message.Value > 0 ? message.Value : 1;
        RepeatAfterMs = message.RepeatAfter is { } repeat ? repeat.Seconds * 1000 : long.MaxValue;
        StartMs = message.StartTime is { } start ? EventIntake.TimeMs(start) : long.MinValue;
        EndMs = message.EndTime is { } end ? EventIntake.TimeMs(end) : long.MaxValue;
        Caps = message.FrequencyCaps.Count == 0 ? _onceADay : [.. message.FrequencyCaps.Select(c => (c.Count, c.Window.Seconds * 1000))];
    }

    public Probe Message { get; }

    public float LeastEvidence { get; }

    public double Value { get; }

    public long RepeatAfterMs { get; }

    public long StartMs { get; }

    public long EndMs { get; }

    public (int Count, long WindowMs)[] Caps { get; }

    public bool IsAbout(string topic) => _topics is null || _topics.Contains(topic);

    /// <summary>The question in the language asked for, in its main language, or in the first.</summary>
    public ProbeQuestion Ask(string topic, string? language)
    {
        ProbeText text = Text(language);
        var question = new ProbeQuestion
        {
            ProbeId = Message.ProbeId,
            Topic = topic,
            Language = text.Language,
            Question = text.Question.Replace("{topic}", text.TopicNames.GetValueOrDefault(topic, topic), StringComparison.Ordinal),
            Reward = text.Reward,
            TextVersion = Message.TextVersion,
        };
        question.Purposes.AddRange(Message.Purposes);
        return question;
    }

    private ProbeText Text(string? language)
    {
        string main = language?.Split('-')[0] ?? "";
        return Message.Texts.FirstOrDefault(t => string.Equals(t.Language, language, StringComparison.OrdinalIgnoreCase))
            ?? Message.Texts.FirstOrDefault(t => main.Length > 0 && string.Equals(t.Language.Split('-')[0], main, StringComparison.OrdinalIgnoreCase))
            ?? Message.Texts[0];
    }
}
