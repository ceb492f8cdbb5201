using Footprint.Grid.Grains.Batches;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Grains.Tests.Batches;

public sealed class ClientHomesTests
{
    /// <summary>What is found is what was told last of that client, or nothing: never what was told of another one.</summary>
    [Fact]
    public void Find_AfterAnyTellings_WhatWasToldLastOrNothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Client, byte Lane, bool Forgets)[]>(),
        tellings =>
        {
            var homes = new ClientHomes();
            var model = new Dictionary<byte, int>();
            foreach ((byte client, byte lane, bool forgets) in tellings)
            {
                if (forgets)
                {
                    homes.Clear(Name(client));
                    model.Remove(client);
                }
                else
                {
                    homes.Set(Name(client), lane);
                    model[client] = lane;
                }
            }

            return Enumerable.Range(0, 256).All(c => homes.Find(Name(c)) is var found && (found == -1 || found == model.GetValueOrDefault((byte)c, -1)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Find_MoreClientsThanPlaces_NobodyIsTakenForAnother()
    {
        var homes = new ClientHomes();
        const int clients = 400_000;
        for (int c = 0; c < clients; c++)
        {
            homes.Set(Name(c), c & 0xFFF);
        }

        int found = 0;
        for (int c = 0; c < clients; c++)
        {
            int lane = homes.Find(Name(c));
            Assert.True(lane == -1 || lane == (c & 0xFFF));
            found += lane == -1 ? 0 : 1;
        }

        Assert.InRange(found, 150_000, 262_144);
        Assert.Equal(-1, homes.Find("default/nobody"));
    }

    private static string Name(int client) => $"default/c{client}";
}
