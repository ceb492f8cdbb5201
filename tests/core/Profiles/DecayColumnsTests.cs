using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>Each set of data categories has room for half-lives of its own.</summary>
public sealed class DecayColumnsTests
{
    private const double DayS = 86_400;
    private const long DayMs = 86_400_000;
    private ulong _sequence;

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public void Affinity_OtherCategoriesWithManyHalfLives_IsTheSameToTheLastBit(int days)
    {
        var with = new ClientProfile();
        var without = new ClientProfile();
        foreach (ClientProfile profile in new[] { with, without })
        {
            _sequence = 0;
            Act(profile, DataCategories.Behaviour, 1, 8);
            if (profile == with)
            {
                Act(profile, DataCategories.Purchases, 100, 40);
                Confirm(profile);
            }

            Act(profile, DataCategories.Behaviour, 1000, 1);
        }

        const DataCategories Rest = DataCategories.Behaviour | DataCategories.Inferred;
        Assert.Equal(
            without.Interests.Affinity(0, Acts.Start + (days * DayMs), Rest), with.Interests.Affinity(0, Acts.Start + (days * DayMs), Rest));
    }

    [Fact]
    public void Load_EverySetOfCategoriesFull_IsWhatWasSaved()
    {
        var profile = new ClientProfile();
        for (int round = 0; round < 2; round++)
        {
            foreach (DataCategories categories in new[] { DataCategories.Behaviour, DataCategories.Purchases, DataCategories.Declared, DataCategories.Purchases | DataCategories.Declared, DataCategories.None })
            {
                Act(profile, categories, 1, 40);
                if (categories != DataCategories.Behaviour)
                {
                    Act(profile, categories, 1, 40, isDeclared: true);
                }
            }

            Confirm(profile);
        }

        StoredProfile stored = ProfileCodec.Save(profile);

        Assert.True(stored.HalfLifeS.Count <= ProfileLimits.Columns, $"{stored.HalfLifeS.Count} columns");
        Assert.All(stored.ColumnCategories.CountBy(c => c), set => Assert.True(set.Value <= ProfileLimits.HalfLives, $"{set.Value} columns of {set.Key}"));
        Assert.Null(SameProfile.Difference(profile, ProfileCodec.Load(ProfileCodec.Save(profile))));
    }

    /// <summary>As earlier versions wrote, for which all columns together had the bound.</summary>
    [Fact]
    public void Load_MoreColumnsOfOneSetThanThereMayBe_AreKept()
    {
        var stored = new StoredProfile { FirstSeenMs = Acts.Start, LastSeenMs = Acts.Start };
        var interest = new StoredInterest { Topic = "golf", Trust = Trust.Inferred, LastSeenMs = Acts.Start };
        for (int c = 1; c <= 40; c++)
        {
            stored.HalfLifeS.Add(c * DayS);
            stored.ColumnReferenceMs.Add(Acts.Start);
            stored.ColumnCategories.Add((uint)(DataCategories.Behaviour | DataCategories.Inferred));
            interest.Evidence.Add(1);
        }

        stored.Interests.Add(interest);
        ClientProfile profile = ProfileCodec.Load(stored);
        Act(profile, DataCategories.Behaviour, 41, 1);
        Act(profile, DataCategories.Purchases, 41, 1);

        Assert.Equal(42, profile.Interests.Affinity(0, Acts.Start), 9);
        Assert.Equal(41, ProfileCodec.Save(profile).HalfLifeS.Count);
    }

    private void Act(ClientProfile profile, DataCategories categories, int fromDays, int halfLives, bool isDeclared = false)
    {
        for (int i = 0; i < halfLives; i++)
        {
            profile.Apply(new JournalEntry
            {
                Sequence = ++_sequence,
                Event = new StoredEvent
                {
                    IdHash = _sequence,
                    Type = "view",
                    TimeMs = Acts.Start,
                    Weight = 1,
                    HalfLifeS = (fromDays + i) * DayS,
                    Categories = (uint)categories,
                    Declared = isDeclared,
                    Topics = { new TopicWeight { Topic = "golf", Weight = 1 } },
                },
            });
        }
    }

    private void Confirm(ClientProfile profile) => profile.Apply(new JournalEntry
    {
        Sequence = ++_sequence,
        InterestAnswered = new JournalEntry.Types.InterestAnswered { Topic = "golf", Trust = Trust.Confirmed, TimeMs = Acts.Start, Weight = 6, HalfLifeS = 365 * DayS },
    });
}
