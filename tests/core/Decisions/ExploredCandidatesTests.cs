using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Decisions;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class ExploredCandidatesTests
{
    private const int MostCandidates = 300;

    [Fact]
    public void Offer_AnyCandidates_KeepsThoseOfAFullSort() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: what is ranked is a whole number, of few or many different ones, so that many are equal or none; the slots come in any order.
        var random = new Random(seed);
        int kinds = random.Next(3) switch { 0 => random.Next(1, 4), 1 => random.Next(4, 40), _ => 1 << 20 };
        int count = random.Next(MostCandidates + 1);
        int bound = random.Next(2) == 0 ? random.Next(1, 18) : random.Next(1, 101);
        int[] slots = [.. Enumerable.Range(0, count)];
        random.Shuffle(slots);
        (int Slot, float Score)[] all = [.. slots.Select(slot => (slot, (float)(random.Next(kinds) - (kinds / 2))))];

        // Those before the first one are known and not offered; the others are, in one go or two.
        int from = random.Next(3) == 0 ? random.Next(count + 1) : 0;
        int middle = random.Next(2) == 0 ? random.Next(from, count + 1) : count;
        var candidates = new ExploredCandidates();
        var top = new TopScores();
        top.Clear(bound);
        var draw = new ExplorationDraw((ulong)seed, ToScore: 1, Vector256<float>.Zero);

        // Act
        Add(0, middle);
        candidates.Offer(from, draw, top);
        Add(middle, count);
        candidates.Offer(middle, draw, top);

        // Assert
        int[] expected = [.. all[from..].OrderByDescending(c => c.Score).ThenBy(c => c.Slot).Take(bound).Select(c => c.Slot)];
        Assert.Equal(expected, Enumerable.Range(0, top.Count).Select(i => top[i].Slot));

        void Add(int first, int last)
        {
            for (int i = first; i < last; i++)
            {
                candidates.Add(all[i].Slot, 0, 0, all[i].Score, 0, 0);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
