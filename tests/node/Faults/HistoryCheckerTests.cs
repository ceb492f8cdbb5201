namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>A checker that lets a fault pass is worse than none.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly HistoryEvent _a = new("a", "c1", "view", "item-a");
    private static readonly HistoryEvent _b = new("b", "c1", "view", "item-b");

    [Fact]
    public void History_WithEverythingOnce_IsAccepted() => Assert.Empty(Check(2, ["item-a", "item-b"]));

    [Fact]
    public void History_WithADroppedWrite_IsRefused()
    {
        var violations = Check(1, ["item-a"]);

        Assert.Equal(["lost: b was acknowledged and is not in c1 after 1 kills"], violations);
    }

    [Fact]
    public void History_WithAWriteAppliedTwice_IsRefused()
    {
        var violations = Check(3, ["item-a", "item-b"]);

        Assert.Equal(["twice: c1 after 1 kills counts 3 of view, its items show 2"], violations);
    }

    [Fact]
    public void History_WithOneDroppedAndOneTwice_IsRefusedThoughTheCountIsRight()
    {
        var violations = Check(2, ["item-a"]);

        Assert.Contains("lost: b was acknowledged and is not in c1 after 1 kills", violations);
        Assert.Contains(violations, violation => violation.StartsWith("twice:", StringComparison.Ordinal));
    }

    [Fact]
    public void History_WithADuplicateThatWasLostAfterwards_IsRefused()
    {
        string[] lines =
        [
            Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a] }),
            Line(new HistoryLine(HistoryLine.Sent) { Message = "2", Events = [_a] }),
            Line(new HistoryLine(HistoryLine.Acked) { Message = "2", Statuses = ["DUPLICATE"] }),
            Line(new HistoryLine(HistoryLine.Killed)),
            Observed(0, []),
        ];

        Assert.Equal(["lost: a was acknowledged and is not in c1 after 1 kills"], HistoryChecker.Check(lines));
    }

    [Theory]
    [InlineData("UNAVAILABLE: The store does not answer.", true)]
    [InlineData("RESOURCE_EXHAUSTED: Too much waits.", true)]
    [InlineData("INVALID_ARGUMENT: The weight is too large.", false)]
    [InlineData("INTERNAL: UNAVAILABLE: this says nothing.", false)]
    [InlineData("", false)]
    public void History_WithARejectedEvent_IsAcceptedWhenTheReasonPasses(string error, bool isAccepted)
    {
        var sent = Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a, _b] });
        var acked = Line(new HistoryLine(HistoryLine.Acked) { Message = "1", Statuses = ["DURABLE", "REJECTED"], Errors = ["", error] });

        // It was not acknowledged, so it may be there or not; the other one must.
        foreach (var observed in (string[])[Observed(1, ["item-a"]), Observed(2, ["item-a", "item-b"])])
        {
            string[] expected = isAccepted ? [] : [$"ack: b of 1 is REJECTED {error}".TrimEnd()];
            Assert.Equal(expected, HistoryChecker.Check([sent, acked, observed]));
        }

        Assert.Contains(HistoryChecker.Check([sent, acked, Observed(1, ["item-b"])]), v => v.StartsWith("lost: a", StringComparison.Ordinal));
    }

    [Fact]
    public void History_WithAnUnacknowledgedWriteInOrOut_IsAccepted()
    {
        var sent = Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a] });
        var killed = Line(new HistoryLine(HistoryLine.Killed));

        Assert.Empty(HistoryChecker.Check([sent, killed, Observed(0, [])]));
        Assert.Empty(HistoryChecker.Check([sent, killed, Observed(1, ["item-a"])]));
    }

    [Fact]
    public void History_WithAFirstWriteCalledDuplicateOrRejected_IsRefused()
    {
        var sent = Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a, _b] });
        var acked = Line(new HistoryLine(HistoryLine.Acked) { Message = "1", Statuses = ["DUPLICATE", "APPLIED"] });

        var violations = HistoryChecker.Check([sent, acked, Observed(2, ["item-a", "item-b"])]);

        Assert.Equal(["ack: a of 1 is a DUPLICATE but was sent once", "ack: b of 1 is APPLIED"], violations);
    }

    [Fact]
    public void History_WithAFirstWriteCalledDuplicate_IsAcceptedWhereSomebodyAsksAgain()
    {
        var sent = Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a] });
        var acked = Line(new HistoryLine(HistoryLine.Acked) { Message = "1", Statuses = ["DUPLICATE"] });

        Assert.Empty(HistoryChecker.Check([sent, acked, Observed(1, ["item-a"])], asksAgain: true));
        Assert.NotEmpty(HistoryChecker.Check([sent, acked, Observed(0, [])], asksAgain: true));
    }

    [Fact]
    public void History_WithAClientInTwoProcesses_IsRefused()
    {
        var once = Line(new HistoryLine(HistoryLine.Hosted) { Client = "c1", Hosts = ["s1"] });
        var twice = Line(new HistoryLine(HistoryLine.Hosted) { Client = "c2", Hosts = ["s1", "s2"] });

        Assert.Equal(["two: c2 is in the memory of s1 and s2 after 0 kills"], HistoryChecker.Check([once, twice]));
    }

    [Fact]
    public void History_WithAnAckThatNobodyLookedAt_IsRefused()
    {
        var sent = Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a] });
        var acked = Line(new HistoryLine(HistoryLine.Acked) { Message = "1", Statuses = ["DURABLE"] });

        Assert.Equal(["unjudged: nobody looked at c1 after its last ack"], HistoryChecker.Check([sent, acked]));
    }

    private static IReadOnlyList<string> Check(ulong total, string[] items) => HistoryChecker.Check(
    [
        Line(new HistoryLine(HistoryLine.Sent) { Message = "1", Events = [_a, _b] }),
        Line(new HistoryLine(HistoryLine.Acked) { Message = "1", Statuses = ["DURABLE", "DURABLE"] }),
        Line(new HistoryLine(HistoryLine.Killed)),
        Line(new HistoryLine(HistoryLine.Restarted)),
        Observed(total, items),
    ]);

    private static string Observed(ulong total, string[] items) => Line(new HistoryLine(HistoryLine.Observed)
    {
        Client = "c1",
        Totals = new Dictionary<string, ulong> { ["view"] = total },
        Items = items,
    });

    private static string Line(HistoryLine line) => History.Format(line);
}
