using System.Text;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Conditions;

/// <summary>Where in a condition the compiler stands, so that a fault can say so; the words are only made when one is found.</summary>
internal sealed class CompileTrail(ICollection<Fault> faults, string field)
{
    private const int MaxStepShown = 64;

    private readonly List<(string? Key, int Index)> _steps = [];
    private int _reported;

    public void Enter(string key) => _steps.Add((key, 0));

    public void Enter(int index) => _steps.Add((null, index));

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    public void Fault(string message, int? limit = null)
    {
        if (_reported++ >= ConditionLimits.MaxFaults)
        {
            return;
        }

        var where = new StringBuilder(field);
        foreach ((string? key, int index) in _steps)
        {
            if (key is null)
            {
                where.Append('[').Append(index).Append(']');
            }
            else
            {
                where.Append('.').Append(key, 0, Math.Min(key.Length, MaxStepShown));
            }
        }

        faults.Add(new Fault(where.ToString(), $"{where} {message}", limit?.ToString() ?? ""));
    }
}
