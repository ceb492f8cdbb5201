using Footprint.Grid.Core.Audience;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Audience;

/// <summary>When numbers change. AudienceCount stands for a report here: what is published is any message.</summary>
public sealed class ReportPublisherTests
{
    private const long Start = 1_790_000_000_000;
    private const long HourMs = 3_600_000;
    private static readonly AudienceGate _gate = new(50);

    /// <summary>Calls at random times, while the count changes all the time; the clock may step back, too.</summary>
    [Fact]
    public void Publish_AnyCallsWithinAnHour_SayTheSame() => Prop.ForAll(
        Gen.Choose(-20, 90).Select(minutes => minutes * 60_000L).ArrayOf().ToArbitrary(), steps =>
        {
            StoredPublication? last = null;
            long now = Start;
            long count = 0;
            var said = new List<(long MadeMs, long AskedMs, long Value)>();
            foreach (long step in steps)
            {
                (now, count) = (now + step, count + 75);
                last = ReportPublisher.IsDue(last, now) ? ReportPublisher.Next(_gate.Clients(count), _gate, now) : last;
                said.Add((last!.TimeMs, now, ReportPublisher.Read(AudienceCount.Parser, last, _gate, (_, _) => { }).Value));
            }

            bool isOneAnHour = said.Select(s => s.MadeMs).Distinct().Order().ToArray() is var made
                && made.Zip(made.Skip(1)).All(pair => pair.Second - pair.First >= HourMs);
            return isOneAnHour && said.GroupBy(s => s.MadeMs).All(g => g.Select(s => s.Value).Distinct().Count() == 1)
                && said.All(s => s.AskedMs - s.MadeMs < HourMs);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_SaysSinceWhenAndUntilWhen()
    {
        Publication? put = null;
        ReportPublisher.Read(AudienceCount.Parser, ReportPublisher.Next(_gate.Clients(80), _gate, Start), _gate, (_, p) => put = p);

        Assert.Equal((Start, Start + HourMs, 50), (put!.Time.ToDateTimeOffset().ToUnixTimeMilliseconds(), put.Next.ToDateTimeOffset().ToUnixTimeMilliseconds(), put.MinimumAudience));
    }

    [Fact]
    public void Read_MinimumRaisedSince_SaysNoNumberBeforeTheNext()
    {
        StoredPublication published = ReportPublisher.Next(_gate.Clients(80), _gate, Start);
        int minimum = 0;

        AudienceCount read = ReportPublisher.Read(AudienceCount.Parser, published, new AudienceGate(100), (_, p) => minimum = p.MinimumAudience);

        Assert.Equal((0L, 100), (read.Value, minimum));
    }
}
