using System.Numerics;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>The numbers of one row of counts: interests, and different clients with such interests. Added up, in any order.</summary>
internal readonly record struct ProbeSums(
    long Potential, long Probed, long Confirmed, long Rejected, long PotentialClients, long ProbedClients, long ConfirmedClients, long RejectedClients, long Moved)
    : IAdditionOperators<ProbeSums, ProbeSums, ProbeSums>
{
    public bool IsZero => this == default;

    public static ProbeSums operator +(ProbeSums a, ProbeSums b) => new(
        a.Potential + b.Potential,
        a.Probed + b.Probed,
        a.Confirmed + b.Confirmed,
        a.Rejected + b.Rejected,
        a.PotentialClients + b.PotentialClients,
        a.ProbedClients + b.ProbedClients,
        a.ConfirmedClients + b.ConfirmedClients,
        a.RejectedClients + b.RejectedClients,
        a.Moved + b.Moved);

    public static ProbeSums operator -(ProbeSums a) => new(
        -a.Potential, -a.Probed, -a.Confirmed, -a.Rejected, -a.PotentialClients, -a.ProbedClients, -a.ConfirmedClients, -a.RejectedClients, -a.Moved);

    /// <summary>One interest of one client.</summary>
    public static ProbeSums Of(ProbeCounting counted)
    {
        long potential = Bit(ProbeCounting.Potential), probed = Bit(ProbeCounting.Probed), confirmed = Bit(ProbeCounting.Confirmed), rejected = Bit(ProbeCounting.Rejected);
        return new(potential, probed, confirmed, rejected, potential, probed, confirmed, rejected, 0);

        long Bit(ProbeCounting bit) => (counted & bit) != 0 ? 1 : 0;
    }

    /// <summary>One client's interests put together: it is one client whatever their number.</summary>
    public ProbeSums AsOneClient() => this with
    {
        PotentialClients = Math.Min(1, Potential),
        ProbedClients = Math.Min(1, Probed),
        ConfirmedClients = Math.Min(1, Confirmed),
        RejectedClients = Math.Min(1, Rejected),
    };

    public static ProbeSums Load(StoredProbeCount row) => new(
        row.Potential, row.Probed, row.Confirmed, row.Rejected, row.PotentialClients, row.ProbedClients, row.ConfirmedClients, row.RejectedClients, row.MovedClients);

    public StoredProbeCount Save(string topic, int level) => new()
    {
        Topic = topic,
        Level = (uint)level,
        Potential = Potential,
        Probed = Probed,
        Confirmed = Confirmed,
        Rejected = Rejected,
        PotentialClients = PotentialClients,
        ProbedClients = ProbedClients,
        ConfirmedClients = ConfirmedClients,
        RejectedClients = RejectedClients,
        MovedClients = Moved,
    };
}
