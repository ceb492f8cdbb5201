using System.Net;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.DecisionLog;

namespace Footprint.Grid.Api.Options;

/// <summary>How a process that hosts clients keeps them.</summary>
/// <param name="IdleAfter">How long a client that nobody asks for stays in memory.</param>
/// <param name="SweepEvery">How often retention looks all clients over.</param>
/// <param name="DataFolder">For a secret of its own, when none is given.</param>
/// <param name="DecisionLog">Null when decisions are not logged.</param>
internal sealed record HostingOptions(TimeSpan IdleAfter, TimeSpan SweepEvery, string DataFolder, DecisionLogOptions? DecisionLog)
{
    public static HostingOptions Read(OptionReader reader) => new(
        TimeSpan.FromMinutes(reader.Number(ClusterRows.IdleMinutes)),
        TimeSpan.FromHours(reader.Number(ClusterRows.SweepHours)),
        reader.Text(ClusterRows.Data) ?? ClusterRows.Data.Default!,
        DecisionLogOptions.Read(reader));

    /// <summary>
    /// All that host the same clients need one secret. Those of one machine share the one in the data folder; whom others
    /// reach must be given it.
    /// </summary>
    public void CheckSecret(OptionReader reader, ProcessOptions process, MemberOptions member)
    {
        if (process.Secret is not null || reader.IsGiven(HostRows.SecretFile))
        {
            return;
        }

        if (!IPAddress.IsLoopback(member.AdvertisedIp))
        {
            reader.Add(new ConfigurationFault(
                HostRows.SecretFile.Flag, "", "is needed by a process that hosts clients together with other machines'", ServerSecret.Limit));
        }
        else
        {
            CheckFolder(reader);
        }
    }

    /// <summary>What is made when it is not given must find a place there.</summary>
    public void CheckFolder(OptionReader reader)
    {
        if (reader.Find(ClusterRows.Data) is { } value && Options.DataFolder.WhyNotUsable(DataFolder) is { } why)
        {
            reader.Refuse(ClusterRows.Data, value, $"\"{DataFolder}\" {why}");
        }
    }

    /// <summary>The secret that was given, or the one in the data folder, made when it is not there.</summary>
    public byte[] Secret(ProcessOptions process) => process.Secret ?? ServerSecret.ReadOrMake(DataFolder);
}
