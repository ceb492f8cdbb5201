using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>
/// Visitors with hidden tastes and items with hidden qualities, made from a seed: whether a visitor likes an item is a toss
/// of a coin whose odds only the world knows, so that the best choice is known, too.
/// </summary>
internal sealed class BanditWorld
{
    public const int Topics = 8, Items = 40, Visitors = 200;
    private const double Flat = 0.1;

    // Three minutes each: 30 hours.
    private const int RoundsLate = 600;
    private const int TastesOfEach = 2;
    private readonly BanditWorldKind _kind;
    private readonly double[] _quality = new double[Items];
    private readonly double[] _later = new double[Items];
    private readonly bool[] _forApp = new bool[Items];
    private readonly bool[,] _likes = new bool[Visitors, Topics];
    private readonly int _rounds;

    public BanditWorld(BanditWorldKind kind, int rounds, ulong seed)
    {
        (_kind, _rounds) = (kind, rounds);
        var chance = SplitMix.For(seed, 1);
        for (var j = 0; j < Items; j++)
        {
            _quality[j] = 0.02 + (0.18 * chance.NextDouble());
            _later[j] = 0.02 + (0.18 * chance.NextDouble());
            _forApp[j] = chance.Next(2) == 0;
        }

        for (var u = 0; u < Visitors; u++)
        {
            for (var t = 0; t < TastesOfEach; t++)
            {
                _likes[u, chance.Next(Topics)] = true;
            }
        }
    }

    /// <summary>Picks of a page.</summary>
    public int Places => IsPaged(_kind) ? 10 : 1;

    public static bool IsPaged(BanditWorldKind kind) => kind >= BanditWorldKind.Pages;

    /// <summary>How much less a place is looked at than the first.</summary>
    public static double Attention(int place) => 1 / Math.Log2(2 + place);

    /// <summary>How many rounds after its own an outcome is reported.</summary>
    public int Delay(ulong seed, int round, int place) => _kind switch
    {
        BanditWorldKind.Delayed => RoundsLate,
        BanditWorldKind.PagesHoursLate => Exponential(RoundsLate / 6.0, seed, round, place),
        BanditWorldKind.PagesDaysLate => Exponential(RoundsLate, seed, round, place),
        _ => 0,
    };

    public static int TopicOf(int item) => item % Topics;

    public bool Likes(int visitor, int topic) => _likes[visitor, topic];

    public static FootprintEvent.Types.Channel ChannelOf(bool app) => app ? FootprintEvent.Types.Channel.App : FootprintEvent.Types.Channel.Web;

    /// <summary>How likely the visitor is to like the item in that round: three times the item's quality where it is to the visitor's taste, and half more or less by channel.</summary>
    public double Odds(int round, int visitor, int item, bool app)
    {
        if (_kind == BanditWorldKind.NoSignal)
        {
            return Flat;
        }

        var quality = _kind == BanditWorldKind.Drift && round >= _rounds / 2 ? _later[item] : _quality[item];
        if (_kind == BanditWorldKind.ItemsOnly)
        {
            return 3 * quality;
        }

        var taste = _likes[visitor, TopicOf(item)] ? 3 : _kind == BanditWorldKind.Adverse ? 4 : 1;
        return quality * taste * (_forApp[item] == app ? 1.25 : 0.75);
    }

    /// <summary>What a page is worth: the odds of its items, each as far as its place is looked at.</summary>
    public double Worth(int round, int visitor, bool app, ReadOnlySpan<int> page)
    {
        var worth = 0.0;
        for (var place = 0; place < page.Length; place++)
        {
            worth += Odds(round, visitor, page[place], app) * Attention(place);
        }

        return worth;
    }

    /// <summary>What the best page is worth.</summary>
    public double BestWorth(int round, int visitor, bool app)
    {
        Span<double> odds = stackalloc double[Items];
        for (var item = 0; item < Items; item++)
        {
            odds[item] = -Odds(round, visitor, item, app);
        }

        odds.Sort();
        var best = 0.0;
        for (var place = 0; place < Places; place++)
        {
            best -= odds[place] * Attention(place);
        }

        return best;
    }

    /// <summary>Who comes in a round, and by which channel.</summary>
    public static (int Visitor, bool App) Guest(ulong seed, int round)
    {
        var chance = SplitMix.For(seed ^ 0x6A09E667, (ulong)round);
        return (chance.Next(Visitors), chance.Next(2) == 0);
    }

    /// <summary>The coin of a round: the same for every policy, so that they differ by what they choose alone.</summary>
    public static double Toss(ulong seed, int round, int place) => SplitMix.For(seed ^ 0xBB67AE85, ((ulong)round << 8) + (ulong)place).NextDouble();

    private static int Exponential(double mean, ulong seed, int round, int place) =>
        (int)(-mean * Math.Log(1 - SplitMix.For(seed ^ 0xA54FF53A, ((ulong)round << 8) + (ulong)place).NextDouble()));
}
