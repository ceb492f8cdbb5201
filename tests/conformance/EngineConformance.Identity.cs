using Footprint.Grid.V1;
using Google.Rpc;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    // Later than whatever the engine did meanwhile.
    private const double Fresh = -1;
    private const double Late = 60;

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unlink_Id_StandsForSomebodyUnknownAndComesBackOnlyWhenAskedFor(bool isKilled)
    {
        await StoreAsync(Event("cookie", "e1", "golf"));
        await LinkAsync("known", "cookie");

        UnlinkResponse unlinked = await UnlinkAsync("known", "cookie");
        await (isKilled ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");
        await StoreAsync(Event("cookie", "e2", "chess", minutesAgo: Fresh));

        Assert.True(unlinked.Unlinked);
        Assert.Equal(["golf"], await TopicsAsync("known"));
        Assert.Equal(["chess"], await TopicsAsync("cookie"));
        Assert.Equal("cookie", (await ProfileAsync("cookie")).ClientId);
        await ThrowsAsync(Code.FailedPrecondition, () => LinkAsync("known", "cookie"));
        Assert.Equal(["cookie"], (await ProfileAsync("known")).Unlinked);

        LinkResponse again = await Clients.LinkAsync(new LinkRequest { ClientId = "known", AnonymousId = "cookie", Again = true }, Call()).Within("linked");
        Assert.True(again.Merged);
        Assert.Equal(["chess", "golf"], await TopicsAsync("cookie"));
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_IdOfAnother_LeadsToTheLatestAndMixesNothing(bool isKilled)
    {
        await StoreAsync(Event("tablet", "e1", "golf"));
        await LinkAsync("ann", "tablet");

        LinkResponse handed = await LinkAsync("ben", "tablet");
        await (isKilled ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");
        RecordResponse recorded = await StoreAsync(
            Event("tablet", "e2", "chess", minutesAgo: Fresh), Event("tablet", "e3", "tennis", minutesAgo: Late), Event("ben", "e4", "sailing", minutesAgo: Late));

        Assert.True(handed is { HandedOver: true, Merged: false });
        Assert.Equal([Status.Durable, Status.Rejected, Status.Durable], recorded.Results.Select(r => r.Status));
        Assert.Equal(["golf"], await TopicsAsync("ann"));
        Assert.Equal(["chess", "sailing"], await TopicsAsync("ben"));
        Assert.Equal((0, "tablet"), ((await ProfileAsync("ann")).Aliases.Count, Assert.Single((await ProfileAsync("ben")).Aliases)));

        // Whose id it was may go without taking it along.
        await EraseAsync("ann");
        await StoreAsync(Event("tablet", "e5", "rowing", minutesAgo: Fresh));
        Assert.Equal(["chess", "rowing", "sailing"], await TopicsAsync("ben"));
    }

    [ToolTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Link_ClientThatSignedOutEverywhere_IsNoAnonymousIdOfAnother(bool signOut)
    {
        await StoreAsync(Event("ann", "e1", "golf"), Event("ben", "e2", "chess"));
        await LinkAsync("ann", "tablet");
        await UnlinkAsync("ann", "tablet", signOut);
        await Harness.RestartAsync().Within("the engine comes back");

        await ThrowsAsync(Code.FailedPrecondition, () => LinkAsync("ben", "ann"));

        Assert.Equal(["chess"], await TopicsAsync("ben"));
        Assert.Equal(["golf"], await TopicsAsync("ann"));
        await StoreAsync(Event("ann", "e3", "tennis", minutesAgo: Fresh));
        Assert.Equal(["golf", "tennis"], await TopicsAsync("ann"));
    }

    [ToolFact]
    public async Task Unlink_ManyAtOnceWithLinks_EndsAndAgrees()
    {
        await ApplyAsync(Enumerable.Range(0, 8).Select(i => Event($"d{i}", $"e{i}", $"first-{i}")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => LinkAsync("ann", $"d{i}"))).Within("all are linked");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? UnlinkAsync("ann", $"d{i}") : (Task)LinkAsync("ben", $"d{i}"))).Within("all are decided");
        await ApplyAsync(Enumerable.Range(0, 8).Select(i => Event($"d{i}", $"f{i}", $"second-{i}", minutesAgo: Fresh)));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"first-{i}"), await TopicsAsync("ann"));
        Assert.Equal(["second-1", "second-3", "second-5", "second-7"], await TopicsAsync("ben"));
        Assert.Equal(["second-4"], await TopicsAsync("d4"));
    }

    [ToolFact]
    public async Task Identity_AnySequence_GivesNoClientAnothersFacts()
    {
        const int Sequences = 12;
        const int Steps = 40;
        for (int seed = 1; seed <= Sequences; seed++)
        {
            var model = new IdentityModel(seed);
            for (int step = 0; step < Steps; step++)
            {
                await StepAsync(model);
            }

            if (seed % 4 == 0)
            {
                await Harness.KillAsync().Within("the engine comes back");
            }

            foreach (string client in model.All)
            {
                Assert.True(
                    model.FactsOf(client).SequenceEqual(await TopicsAsync(client, orNothing: true)),
                    $"seed {seed}, {client}: {string.Join(' ', model.FactsOf(client))}, not {string.Join(' ', await TopicsAsync(client, orNothing: true))}\n{model.Told}");
            }
        }
    }

    private async Task StepAsync(IdentityModel model)
    {
        (IdentityModel.Act act, string client, string id) = model.Next();
        switch (act)
        {
            case IdentityModel.Act.Event or IdentityModel.Act.LateEvent:
                bool isLate = act == IdentityModel.Act.LateEvent;
                (string topic, bool isKept) = model.Record(id, isLate);
                RecordResponse response = await StoreAsync(Event(id, topic, topic, minutesAgo: isLate ? Late : Fresh));
                Assert.True(isKept == (response.Results[0].Status == Status.Durable), $"{response.Results[0]}\n{model.Told}");
                break;
            case IdentityModel.Act.Link or IdentityModel.Act.LinkAgain:
                bool again = act == IdentityModel.Act.LinkAgain;
                var link = new LinkRequest { ClientId = client, AnonymousId = id, Again = again };
                if (model.Link(client, id, again) is not { } expected)
                {
                    await ThrowsAsync(Code.FailedPrecondition, () => Clients.LinkAsync(link, Call()).Within("linked"));
                    break;
                }

                LinkResponse linked = await Clients.LinkAsync(link, Call()).Within("linked");
                Assert.True(expected == (linked.Merged, linked.HandedOver), $"{linked}\n{model.Told}");
                break;
            case IdentityModel.Act.Unlink or IdentityModel.Act.SignOut:
                bool signOut = act == IdentityModel.Act.SignOut;
                if (model.Unlink(client, id, signOut) is not { } leads)
                {
                    await ThrowsAsync(Code.FailedPrecondition, () => UnlinkAsync(client, id, signOut));
                    break;
                }

                Assert.True(leads == (await UnlinkAsync(client, id, signOut)).Unlinked, model.Told);
                break;
            default:
                model.Erase(client);
                await EraseAsync(client);
                break;
        }
    }

    private Task<UnlinkResponse> UnlinkAsync(string known, string anonymous, bool signOut = false) => Clients.UnlinkAsync(
        new UnlinkRequest { ClientId = known, AnonymousId = anonymous, SignOut = signOut }, Call()).Within("the id is unlinked");

    private async Task<string[]> TopicsAsync(string client, bool orNothing = false)
    {
        try
        {
            return [.. (await ProfileAsync(client)).Interests.Select(i => i.Topic).Order(StringComparer.Ordinal)];
        }
        catch (Engine.GridException e) when (orNothing && e.Code == Code.NotFound)
        {
            return [];
        }
    }
}
