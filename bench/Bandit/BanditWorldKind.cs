namespace Footprint.Grid.Bench.Bandit;

/// <summary>What is hard about a world.</summary>
internal enum BanditWorldKind
{
    /// <summary>Nothing.</summary>
    Steady,

    /// <summary>Half way, every item gets another quality.</summary>
    Drift,

    /// <summary>Outcomes come 600 rounds late.</summary>
    Delayed,

    /// <summary>Visitors like what is not to their taste a little better, against the fixed ranking.</summary>
    Adverse,

    /// <summary>Items differ, visitors and channels do not: what visitors' tastes say is misleading.</summary>
    ItemsOnly,

    /// <summary>Everything is liked by one in ten, whatever it is.</summary>
    NoSignal,

    /// <summary>Pages of ten picks, whose odds fall with their place.</summary>
    Pages,

    /// <summary>Pages of ten whose outcomes come after five hours on average, exponentially distributed.</summary>
    PagesHoursLate,

    /// <summary>Pages of ten whose outcomes come after thirty hours on average, exponentially distributed.</summary>
    PagesDaysLate,
}
