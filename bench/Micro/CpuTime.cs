namespace Footprint.Grid.Bench.Micro;

/// <summary>CPU time of this process, so that whoever else works on the machine does not count.</summary>
internal static class CpuTime
{
    /// <summary>Microseconds for one act, as the mean of so many.</summary>
    public static double Of(Action act, int times)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            act();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / times;
    }

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
