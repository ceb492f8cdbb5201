using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Channel = Footprint.Grid.V1.FootprintEvent.Types.Channel;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>When a client is asked, and about what.</summary>
public sealed class ProbeTests
{
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Fact]
    public void Pick_AnInferredInterestStrongEnough_IsAskedAboutAndProbed()
    {
        _grid.View(_client, "golf", 3);
        ProbeQuestion asked = _grid.Pick(_client)!;

        Assert.Equal(("ask", "golf", "Do you follow golf?", "A free week", "v1"), (asked.ProbeId, asked.Topic, asked.Question, asked.Reward, asked.TextVersion));
        Assert.Equal(["advertising", "analytics"], asked.Purposes);
        Assert.Equal(Trust.Probed, ProbeWorld.Trust(_client, "golf"));
        StoredTrustChange step = Assert.Single(_client.Profile.TrustHistory.All);
        Assert.Equal((Trust.Inferred, Trust.Probed, "probe"), (step.From, step.To, step.Source));
    }

    [Theory]
    [InlineData("elsewhere", 3)]
    [InlineData("home", 2)]
    public void Pick_OtherPlacementOrTooLittleEvidence_AsksNothing(string placement, int views)
    {
        _grid.View(_client, "golf", views);

        Assert.Null(_grid.Pick(_client, placement));
        Assert.Equal(views, _grid.Journal.Count());
    }

    [Theory]
    [InlineData("personalization", "inferred")]
    [InlineData("personalization", "declared")]
    [InlineData("personalization", "*")]
    public void Pick_WhatAProbeNeedsIsDenied_AsksNothing(string purpose, string category)
    {
        _grid.View(_client, "golf", 9);
        _grid.Deny(_client, purpose, category);

        Assert.Null(_grid.Pick(_client));
    }

    [Fact]
    public void Pick_CapReached_AsksAgainWhenTheWindowHasPassed()
    {
        _grid.View(_client, "golf", 9);
        _grid.View(_client, "ski", 9);

        Assert.NotNull(_grid.Pick(_client));
        _grid.NowMs += ProbeWorld.DayMs - 1;
        Assert.Null(_grid.Pick(ProbeWorld.Reload(_grid.Replay(_client))));
        _grid.NowMs += 1;
        Assert.NotNull(_grid.Pick(ProbeWorld.Reload(_grid.Replay(_client))));
    }

    [Fact]
    public void Pick_AfterANo_NeverAsksAgainHoweverTheInferenceGrows()
    {
        _grid.View(_client, "golf", 9);
        _grid.Pick(_client);
        _grid.Record(_client, ProbeWorld.Answer("golf", "no"));
        for (int day = 0; day < 40; day++)
        {
            _grid.NowMs += ProbeWorld.DayMs;
            _grid.View(_client, "golf", 9);
            Assert.Null(_grid.Pick(_client));
        }

        // Also when the rejected interest has left the profile and grows anew.
        StoredProfile stored = ProfileCodec.Save(_client.Profile);
        stored.Interests.Clear();
        var again = new ClientActor(_client.Key, ProfileCodec.Load(stored));
        _grid.View(again, "golf", 9);
        Assert.Equal(Trust.Inferred, ProbeWorld.Trust(again, "golf"));
        Assert.Null(_grid.Pick(again));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Pick_NotAnswered_AsksAgainWhenTheProbeSaysSo(int afterDays, bool asks)
    {
        Probe probe = ProbeWorld.Probe("ask");
        probe.RepeatAfter = afterDays == 0 ? null : ProbeWorld.Days(30);
        _grid.Define(probe);
        _grid.View(_client, "golf", 100);
        _grid.Pick(_client);
        _grid.NowMs += (afterDays == 0 ? 300 : afterDays) * ProbeWorld.DayMs;
        _grid.View(_client, "golf", 100);

        Assert.Equal(asks, _grid.Pick(_client) is not null);
    }

    [Fact]
    public void Pick_JournalFull_AsksNothingAndStillPicks()
    {
        _grid.View(_client, "golf", 9);
        _grid.IsJournalFull = true;

        Assert.Null(_grid.Pick(_client));
        Assert.Equal(Trust.Inferred, ProbeWorld.Trust(_client, "golf"));
    }

    [Fact]
    public void Pick_OutOfSchedule_AsksNothing()
    {
        Probe probe = ProbeWorld.Probe("ask");
        probe.StartTime = TenantWorld.At(_grid.NowMs + 1);
        _grid.Define(probe);
        _grid.View(_client, "golf", 9);

        Assert.Null(_grid.Pick(_client));
    }

    [Theory]
    [InlineData("", "en", "Do you follow golf?")]
    [InlineData("es-MX", "es", "¿Te gusta el golf de césped?")]
    [InlineData("vi", "en", "Do you follow golf?")]
    public void Pick_InTheClientsLanguage_ElseInTheFirst(string language, string found, string question)
    {
        Probe probe = ProbeWorld.Probe("ask");
        probe.Texts.Add(new ProbeText { Language = "es", Question = "¿Te gusta el {topic}?", TopicNames = { ["golf"] = "golf de césped" } });
        _grid.Define(probe);
        _grid.View(_client, "golf", 9);

        ProbeQuestion asked = _grid.Pick(_client, language: language)!;
        Assert.Equal((found, question), (asked.Language, asked.Question));
    }

    [Fact]
    public void Pick_OfTwoProbesAndTopics_TheAnswerWorthMost()
    {
        Probe dear = ProbeWorld.Probe("dear", "ski");
        dear.Value = 100;
        _grid.Define(ProbeWorld.Probe("ask"), dear);
        _grid.View(_client, "golf", 9);
        _grid.View(_client, "ski", 4);

        Assert.Equal(("dear", "ski"), (_grid.Pick(_client)!.ProbeId, ProbeWorld.Trust(_client, "golf") == Trust.Inferred ? "ski" : ""));
    }

    [Fact]
    public void Record_AnswersInAShopOrByTelephone_CountLikeAnyOther()
    {
        _grid.View(_client, "golf", 3);
        _grid.View(_client, "ski", 3);
        _grid.Record(_client, ProbeWorld.Answer("golf", "yes", probe: "", channel: Channel.Store));
        _grid.Record(_client, ProbeWorld.Answer("ski", "no", probe: "", channel: Channel.CallCentre));

        Assert.Equal((Trust.Confirmed, Trust.Rejected), (ProbeWorld.Trust(_client, "golf"), ProbeWorld.Trust(_client, "ski")));
        Assert.Equal([Channel.Store, Channel.CallCentre], _client.Profile.TrustHistory.All.Select(c => c.Channel));
        Assert.Null(_grid.Pick(_client));
    }
}
