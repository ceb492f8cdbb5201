namespace Footprint.Grid.Core.Probes;

/// <summary>As what a client's interest counts in reports, in bits that are stored.</summary>
[Flags]
internal enum ProbeCounting : uint
{
    None = 0,
    Potential = 1,
    Probed = 2,
    Confirmed = 4,
    Rejected = 8,
    Answers = Confirmed | Rejected,
    All = Potential | Probed | Answers,
}
