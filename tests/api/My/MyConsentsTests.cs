using Footprint.Grid.Api.My;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Pages.My;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Footprint.Grid.Api.Tests.My;

/// <summary>What the toggles of the page do to what is allowed.</summary>
public sealed class MyConsentsTests
{
    private const string Own = "loyalty";
    private static readonly string[] _purposes = ["personalization", "advertising", "sharing", Own];
    private static readonly string[] _recipients = ["acme", "other"];

    /// <summary>
    /// The plain reading of the page: something is allowed where its purpose is not denied, nor its kind of data, nor its
    /// recipient, as each was toggled last, in whatever order.
    /// </summary>
    [Fact]
    public void Toggles_AnyOfThemInAnyOrder_AllowWhatNoneDenies() => Prop.ForAll(Toggles.ArrayOf().ToArbitrary(), toggles =>
    {
        var client = new ClientActor(new ClientKey("t", "c"), new ClientProfile());
        var denied = new HashSet<string>();
        var now = 1_790_000_000_000;
        foreach (var form in toggles)
        {
            now += 1000;
            Say(client, now, form);
            foreach (var (field, value) in form)
            {
                _ = value == FormFields.No ? denied.Add(field) : denied.Remove(field);
            }

            foreach (var purpose in _purposes)
            {
                foreach (var recipient in _recipients)
                {
                    var withheld = client.View(Turn(now), new GetProfileRequest { ClientId = "c", Recipient = recipient, Purpose = purpose }).Withheld;
                    var expected = ConsentChoices.Categories.Where(c =>
                        denied.Contains(FormFields.Choice + purpose) || denied.Contains(FormFields.Choice + "sharing") || denied.Contains(FormFields.RecipientChoice + recipient) || denied.Contains(FormFields.CategoryChoice + c));
                    if (!withheld.Order().SequenceEqual(expected.Order()))
                    {
                        return false.Label($"of {purpose} for {recipient} is withheld {withheld}");
                    }
                }
            }
        }

        return true.Label("");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Toggles_AsTheyAre_SayNothing()
    {
        var profile = new Profile();
        profile.Consents.AddRange(new MyConsents(Known(profile), []).Of(Form([("choice.sharing", "no"), ("category.location", "no")])));
        profile.Consents.Add(new Consent { Purpose = "analytics", Category = "purchases", Recipient = "*", Decision = Consent.Types.Decision.Deny });
        foreach (var rule in profile.Consents)
        {
            (rule.Category, rule.Recipient) = (rule.Category.Length == 0 ? "*" : rule.Category, rule.Recipient.Length == 0 ? "*" : rule.Recipient);
        }

        Assert.Empty(new MyConsents(Known(profile), []).Of(Form([("choice.sharing", "no"), ("category.location", "no"), ("category.contact", "yes"), ("recipient.acme", "yes")])));

        // Where it differs from purpose to purpose nothing is chosen, and either choice says something.
        Assert.Null(new ConsentChoices(Known(profile), []).IsDenied("purchases", "*"));
        Assert.Single(new MyConsents(Known(profile), []).Of(Form([("category.purchases", "yes")])));
        Assert.Equal(5, new MyConsents(Known(profile), []).Of(Form([("category.purchases", "no")])).Count());
    }

    [Fact]
    public void Choices_PurposesOfTheTenantOfHistoryAndOfDisclosures_AreThereBeforeTheClientSpeaksOfThem()
    {
        var known = new ExportResponse
        {
            Profile = new Profile { Consents = { new Consent { Purpose = "ruled" } }, Disclosures = { new Disclosure { Purpose = "told" }, new Disclosure { Purpose = "sharing" }, new Disclosure() } },
            ConsentHistory = { new Consent { Purpose = "*" }, new Consent { Purpose = "once" } },
        };

        Assert.Equal(["loyalty", "ruled", "once", "told"], new ConsentChoices(known, ["loyalty"]).Purposes.Skip(5));
        Assert.Equal(9, new MyConsents(known, ["loyalty"]).Of(Form([("recipient.acme", "no")])).Count());
        Assert.Equal(9, new MyConsents(known, ["loyalty"]).OfNothing().Count());
    }

    [Fact]
    public void Choices_PurposesThatOthersMadeUp_LeaveRoomForWhatTheClientDecides()
    {
        var known = new ExportResponse { Profile = new Profile { Disclosures = { Enumerable.Range(0, 300).Select(i => new Disclosure { Purpose = $"made-up-{i}" }) } } };
        var client = new ClientActor(new ClientKey("t", "c"), new ClientProfile());
        foreach (var category in ConsentChoices.Categories)
        {
            var request = new SetConsentsRequest { ClientId = "c", EndNarrower = true };
            request.Consents.AddRange(new MyConsents(known, []).Of(Form([(FormFields.CategoryChoice + category, "no")])));
            client.SetConsents(Turn(1_790_000_000_000), request, new SetConsentsResponse());
        }

        Assert.All(ConsentChoices.Categories, category => Assert.Contains(client.View(Turn(1_790_000_000_000), new GetProfileRequest()).Consents, rule => rule.Category == category));
    }

    [Fact]
    public void Toggles_OfSomethingUnknown_AreRefused()
    {
        var client = new ClientActor(new ClientKey("t", "c"), new ClientProfile());

        foreach (var form in new[] { ("category.shoes", "no"), ("choice.", "no"), ("category.location", "perhaps"), ("choice.sharing", "lift") })
        {
            var request = new SetConsentsRequest { ClientId = "c" };
            request.Consents.AddRange(new MyConsents(null, []).Of(Form([form])));
            if (form.Item2 == "lift")
            {
                RequestValidator.Check(request);
            }
            else
            {
                Assert.Throws<GridException>(() => RequestValidator.Check(request));
            }
        }

        Assert.True(client.IsEmpty);
    }

    private static Gen<(string Field, string Value)[]> Toggles =>
        (from toggle in Gen.Elements(
            [
                .. _purposes.Select(p => FormFields.Choice + p), .. ConsentChoices.Categories.Select(c => FormFields.CategoryChoice + c),
                .. _recipients.Select(r => FormFields.RecipientChoice + r),
            ])
         from value in Gen.Elements(FormFields.Yes, FormFields.No)
         select (Field: toggle, Value: value)).ArrayOf(3).Select(form => form.DistinctBy(f => f.Field).ToArray());

    private static ExportResponse Known(Profile profile) => new() { Profile = profile };

    private static FormCollection Form(IEnumerable<(string Field, string Value)> fields) => new(fields.ToDictionary(f => f.Field, f => new StringValues(f.Value)));

    private static void Say(ClientActor client, long now, (string Field, string Value)[] form)
    {
        var known = client.IsEmpty ? null : client.Export(Turn(now), new ExportRequest());
        var request = new SetConsentsRequest { ClientId = "c", EndNarrower = true };
        request.Consents.AddRange(new MyConsents(known, [Own]).Of(Form(form)));
        if (request.Consents.Count > 0)
        {
            RequestValidator.Check(request);
            client.SetConsents(Turn(now), request, new SetConsentsResponse());
        }
    }

    private static Turn Turn(long now) =>
        new(now, long.MaxValue, new TenantDefinitions("t", ConsentRegime.OptOut), KnowledgeSnapshot.Empty, 1, NoJournal.Instance, new NoLearning());

    internal sealed class NoLearning : ILearning
    {
        public void Observe(string tenant, in ItemObservation observation)
        {
        }

        public void Observe(string tenant, ReadOnlySpan<PickObservation> picks)
        {
        }

        public void Observe(string tenant, StoredProbeCount difference)
        {
        }

        public void Observe(string tenant, StoredSegmentCount difference)
        {
        }
    }
}
