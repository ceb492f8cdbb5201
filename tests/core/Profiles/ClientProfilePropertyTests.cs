using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Profiles;

public sealed class ClientProfilePropertyTests
{
    [Fact]
    public void Apply_AnyOrder_SameProfile() => Prop.ForAll(
        Acts.Arbitrary,
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (acts, seed) =>
        {
            var shuffled = (StoredEvent[])acts.Clone();
            new Random(seed).Shuffle(shuffled);

            return IsSame(Acts.Profile(acts), Acts.Profile(shuffled));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_AnyOrder_AffinityIsTheSumOfDecayedWeights() => Prop.ForAll(Acts.Arbitrary, acts =>
    {
        ClientProfile profile = Acts.Profile(acts);
        long now = profile.ViewTime(Acts.Start);
        for (int i = 0; i < profile.Interests.Count; i++)
        {
            string topic = profile.Interests[i].Topic;
            var terms = acts.SelectMany(a => a.Topics.Where(t => t.Topic == topic)
                .Select(t => a.Weight * t.Weight * Math.Pow(2, -(now - a.TimeMs) / (a.HalfLifeS * 1000)))).ToArray();
            if (Math.Abs(terms.Sum() - profile.Interests.Affinity(i, now)) > 1e-9 * terms.Sum(Math.Abs))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_TwoProfiles_Commutative() => Prop.ForAll(Acts.Arbitrary, Acts.Arbitrary, (a, b) =>
    {
        (StoredEvent[] left, StoredEvent[] right) = Apart(a, b);

        return IsSame(Merged(left, right), Merged(right, left));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_ThreeProfiles_Associative() => Prop.ForAll(Acts.Arbitrary, Acts.Arbitrary, Acts.Arbitrary, (a, b, c) =>
    {
        (a, b) = Apart(a, b);
        ClientProfile leftFirst = Merged(a, b);
        leftFirst.Merge(Acts.Profile(c));
        ClientProfile rightFirst = Acts.Profile(a);
        rightFirst.Merge(Merged(b, c));

        return IsSame(leftFirst, rightFirst);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_TwoHalves_SameAsOneWhole() => Prop.ForAll(Acts.Arbitrary, acts =>
    {
        int half = acts.Length / 2;

        return IsSame(Acts.Profile(acts), Merged(acts[..half], acts[half..]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_AnyProfile_RoundTripIsLossless() => Prop.ForAll(Acts.Arbitrary, acts =>
    {
        ClientProfile profile = Acts.Profile(acts);
        byte[] bytes = ProfileCodec.Encode(profile);
        ClientProfile back = ProfileCodec.Decode(bytes);

        Assert.Equal(ProfileCodec.Save(profile).ToString(), ProfileCodec.Save(back).ToString());
        Assert.Equal(bytes, ProfileCodec.Encode(back));
        return IsSame(profile, back);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Affinity_ClockStepsBackAndForth_FiniteAndNeverNegativeForPositiveEvidence() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(-40_000, 40_000), 30).ToArbitrary(),
        days =>
        {
            var profile = new ClientProfile();
            ulong sequence = 0;
            foreach (int day in days)
            {
                long time = Math.Max(1, Acts.Start + (day * 86_400_000L));
                profile.Apply(new JournalEntry { Sequence = ++sequence, Event = Acts.Event(0, 1, 1, 0, time, 0) });
                foreach (long now in new[] { 0L, time, Acts.Start, long.MaxValue / 4 })
                {
                    double affinity = profile.Interests.Affinity(0, profile.ViewTime(now));
                    if (!double.IsFinite(affinity) || affinity < 0)
                    {
                        return false;
                    }
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static Property IsSame(ClientProfile a, ClientProfile b)
    {
        string? difference = SameProfile.Difference(a, b);
        return (difference is null).Label(difference ?? "");
    }

    private static ClientProfile Merged(IEnumerable<StoredEvent> a, IEnumerable<StoredEvent> b)
    {
        ClientProfile merged = Acts.Profile(a);
        merged.Merge(Acts.Profile(b));
        return merged;
    }

    // Two clients' acts are different acts.
    private static (StoredEvent[] A, StoredEvent[] B) Apart(StoredEvent[] a, StoredEvent[] b) => (a, [.. b.Select(e =>
    {
        StoredEvent other = e.Clone();
        other.IdHash = ~e.IdHash;
        return other;
    })]);
}
