using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// What was forgotten might never have been: of two clients who differ in facts of some categories alone, whatever was done with
/// them, the stored profiles are the same to the byte once these are forgotten, and so is whatever becomes of both. And what is
/// withheld has no say in what retention keeps of the rest, nor in what that is worth.
/// </summary>
public sealed class ForgottenTests
{
    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Profile_FactsForgotten_AsIfTheyHadNeverBeen() => Prop.ForAll(Seeds, seed =>
    {
        string trace = Trace(seed);
        return (trace.Length == 0).Label(trace);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Answers_FactsWithheldWhateverExpires_AsIfTheyHadNeverBeen() => Prop.ForAll(Seeds, seed =>
    {
        string difference = Difference(seed);
        return (difference.Length == 0).Label(difference);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>What tells of what was forgotten, the first in so many worlds; empty for nothing.</summary>
    internal static string FirstTrace(int fromSeed, int count) =>
        Enumerable.Range(fromSeed, count).Select(seed => Trace(seed) + Difference(seed)).FirstOrDefault(trace => trace.Length > 0, "");

    internal static string Trace(int seed)
    {
        var random = new Random(seed);
        var pasts = new Pasts(random);
        Go(pasts, random.Next(2, 14), isCommon: false);
        Set(pasts, TenantWorld.Keeping, Decision.Deny);
        string trace = Stored(pasts, "once forgotten");
        if (trace.Length > 0)
        {
            return trace;
        }

        if (random.Next(2) == 0)
        {
            Set(pasts, TenantWorld.Keeping, Decision.Withdrawn);
        }

        Go(pasts, random.Next(6), isCommon: true);
        trace = Stored(pasts, "afterwards");
        return trace.Length > 0 ? trace : Answers(pasts);
    }

    internal static string Difference(int seed)
    {
        var random = new Random(seed);
        var pasts = new Pasts(random);
        Go(pasts, random.Next(2, 14), isCommon: false);
        Set(pasts, [Purposes.Personalization, Purposes.Advertising, Purposes.Sharing], Decision.Deny);
        Go(pasts, random.Next(4), isCommon: true);
        return Answers(pasts);
    }

    private static void Go(Pasts pasts, int steps, bool isCommon)
    {
        for (int i = 0; i < steps; i++)
        {
            pasts.Step(isCommon);
        }
    }

    private static void Set(Pasts pasts, IEnumerable<string> purposes, Decision decision)
    {
        var request = new SetConsentsRequest();
        foreach (DataCategories category in Enum.GetValues<DataCategories>().Where(c => int.PopCount((int)c) == 1 && pasts.Own.HasFlag(c)))
        {
            request.Consents.Add(purposes.Select(p => new V1.Consent { Purpose = p, Category = TwinWorld.Name(category), Decision = decision }));
        }

        pasts.Ask((twin, turn) =>
        {
            twin.SetConsents(turn, request.Clone(), new SetConsentsResponse());
            return 0;
        });
    }

    private static string Answers(Pasts pasts)
    {
        string[] differ = [.. new Dictionary<string, Func<ClientActor, Turn, IMessage>>
        {
            ["content"] = (twin, turn) =>
            {
                var response = new PickContentResponse();
                twin.PickContent(turn, new PickContentRequest { ClientId = "twin", Placement = "elsewhere", Count = 20 }, response);
                return response;
            },
            ["ads"] = (twin, turn) =>
            {
                var response = new TargetAdsResponse();
                twin.TargetAds(turn, new TargetAdsRequest { ClientId = "twin", Placement = "top", Count = 40, Explain = true }, response);
                return response;
            },
            ["profile"] = (twin, turn) => twin.View(turn, new GetProfileRequest { Recipient = "acme" }),
            ["export"] = (twin, turn) => twin.Export(turn, new ExportRequest { Recipient = "acme", Purpose = Purposes.Advertising }),
        }.Where(answer => pasts.Ask((twin, turn) => Convert.ToHexString(answer.Value(twin, turn).ToByteArray())) is var given && given[0] != given[1])
            .Select(answer => answer.Key)];
        return differ.Length == 0 ? "" : $"{string.Join(' ', differ)} differ, own {pasts.Own}: {pasts.Log}";
    }

    // Of events' ids hashes remain, and how many changes there were.
    private static string Stored(Pasts pasts, string when)
    {
        StoredProfile[] stored = pasts.Ask((twin, _) => ProfileCodec.Save(twin.Profile));
        foreach (StoredProfile profile in stored)
        {
            (profile.Version, profile.JournalSequence) = (0, 0);
            profile.RememberedEvents.Clear();
        }

        if (stored[0].ToByteString() == stored[1].ToByteString())
        {
            return "";
        }

        IEnumerable<string> fields = StoredProfile.Descriptor.Fields.InDeclarationOrder()
            .Where(f => !Equals(f.Accessor.GetValue(stored[0]), f.Accessor.GetValue(stored[1])))
            .Select(f => $"{f.Name}: {f.Accessor.GetValue(stored[0])} and {f.Accessor.GetValue(stored[1])}");
        return $"{when} {string.Join(", ", fields)} differ, own {pasts.Own}: {pasts.Log}";
    }
}
