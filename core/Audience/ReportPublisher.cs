using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Audience;

/// <summary>
/// Publishes reports. What was published stands for an hour, whoever asks and however often, and is kept, so that a
/// restart does not change it: two looks shortly before and after an act of one client would else tell, by the step from
/// one multiple of k to the next, what that client did. The hour begins with the publication and not with the clock's
/// hour, for else two looks could be a moment apart.
/// </summary>
public static class ReportPublisher
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Whether the next one may be made; a clock that steps back makes none.</summary>
    public static bool IsDue(StoredPublication? last, long nowMs) =>
        last is null || nowMs - last.TimeMs >= (long)Interval.TotalMilliseconds;

    /// <summary>The next publication, to be stored before it is told to anybody.</summary>
    public static StoredPublication Next(IMessage report, AudienceGate gate, long nowMs) =>
        new() { TimeMs = nowMs, MinimumAudience = gate.Minimum, Report = report.ToByteString() };

    /// <summary>
    /// What is told of it: the report as published; without any number while the tenant's minimum is a greater one than it
    /// was published with.
    /// </summary>
    /// <param name="parser">Of the report.</param>
    /// <param name="publication">What is stored.</param>
    /// <param name="gate">As it is now.</param>
    /// <param name="put">Puts the publication's own data into the report.</param>
    public static T Read<T>(MessageParser<T> parser, StoredPublication publication, AudienceGate gate, Action<T, Publication> put)
        where T : IMessage<T>, new()
    {
        T report = publication.MinimumAudience < gate.Minimum ? new T() : parser.ParseFrom(publication.Report);
        put(report, new Publication
        {
            Time = Time(publication.TimeMs),
            Next = Time(publication.TimeMs + (long)Interval.TotalMilliseconds),
            MinimumAudience = Math.Max(publication.MinimumAudience, gate.Minimum),
        });
        return report;
    }

    private static Timestamp Time(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));
}
