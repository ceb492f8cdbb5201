using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Core.Tests.Campaigns;

public class CampaignSetTests
{
    [Fact]
    public void WithWithout_InAnyOrder_AgreeWithASortedDictionary()
    {
        Gen<string> id = Gen.Elements("a", "B", "b", "ä", "c", "ca", "d", "z", "");
        Gen<List<(bool Add, List<string> Ids)>> changes = Gen.ListOf(
            from add in Gen.Elements(true, true, false)
            from count in Gen.Choose(1, 4)
            from ids in Gen.ListOf(id, count)
            select (add, ids.ToList())).Select(c => c.ToList());
        Prop.ForAll(changes.ToArbitrary(), id.ToArbitrary(), (steps, after) =>
        {
            var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
            CampaignSet set = CampaignSet.Empty;
            int version = 0;
            foreach ((bool add, List<string> ids) in steps)
            {
                if (add)
                {
                    List<Campaign> campaigns = ids.Select(i => new Campaign { CampaignId = i, Name = $"{version++}" }).ToList();
                    campaigns.ForEach(c => model[c.CampaignId] = c.Name);
                    set = set.With(campaigns);
                }
                else
                {
                    model.Remove(ids[0]);
                    set = set.Without(ids[0]);
                }
            }

            IEnumerable<string> all = Enumerable.Range(0, set.Count).Select(i => set.Ads[i].Id);
            return all.SequenceEqual(model.Keys)
                && model.All(m => set.Find(m.Key)!.Name == m.Value)
                && set.Page(after, 2).Select(c => c.CampaignId)
                    .SequenceEqual(model.Keys.Where(k => string.CompareOrdinal(k, after) > 0).Take(2));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Find_OfAnUnknownId_IsNull()
    {
        Assert.Null(CampaignSet.Empty.Find("a"));
        Assert.Empty(CampaignSet.Empty.Page("", 10));
        Assert.Same(CampaignSet.Empty, CampaignSet.Empty.Without("a"));
    }

    [Fact]
    public void With_ACampaignThatIsChangedLater_KeepsItAsItWas()
    {
        var campaign = new Campaign { CampaignId = "a", Name = "before" };
        CampaignSet set = CampaignSet.Empty.With([campaign]);

        campaign.Name = "after";

        Assert.Equal("before", set.Find("a")!.Name);
    }

    [Fact]
    public void With_OneCampaignTooMany_ThrowsAndReplacingDoesNot()
    {
        CampaignSet full = CampaignSet.Empty.With(
            Enumerable.Range(0, CampaignSet.MaxCampaigns).Select(i => new Campaign { CampaignId = $"c{i}" }).ToList());

        var refused = Assert.Throws<GridException>(() => full.With([new Campaign { CampaignId = "one more" }]));

        Assert.Equal(Code.FailedPrecondition, refused.Code);
        Assert.Equal("10000", Assert.Single(refused.Faults).Limit);
        Assert.Equal("new", full.With([new Campaign { CampaignId = "c7", Name = "new" }]).Find("c7")!.Name);
    }

    [Fact]
    public void With_ATargetingConditionWithFaults_HoldsForNobody()
    {
        // {"$not":{"a":{"$wrong":1}}} would hold for everybody if its faulty part were only left out.
        var campaign = new Campaign { CampaignId = "a", Targeting = JsonParser.Default.Parse<Struct>("""{"$not":{"a":{"$wrong":1}}}""") };

        CampaignSet set = CampaignSet.Empty.With([campaign]);

        Assert.False(set.Ads[0].Condition.Evaluate(new FakeClient().Attributes));
    }
}
