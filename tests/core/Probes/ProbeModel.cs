using Footprint.Grid.Core.Clients;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>What a client of a tenant with one probe, of evidence 3 and once a day, may be asked; kept as plain lists.</summary>
internal sealed class ProbeModel(int repeatDays)
{
    private const double LeastEvidence = 3;
    private const double HalfLifeMs = 14.0 * ProbeWorld.DayMs;

    private readonly List<(string Topic, int Weight, long Ms)> _views = [];
    private readonly List<(string Topic, bool Yes, long Ms)> _said = [];
    private readonly List<(string Topic, long Ms)> _asked = [];

    public void Viewed(string topic, int times, long ms) => _views.Add((topic, times, ms));

    public void Said(string topic, bool yes, long ms) => _said.Add((topic, yes, ms));

    public void Merge(ProbeModel other)
    {
        _views.AddRange(other._views);
        _said.AddRange(other._said);
        _asked.AddRange(other._asked);
    }

    /// <summary>What is wrong with asking that now, or with asking nothing when null; takes it down.</summary>
    public string? Fault(string? topic, long nowMs)
    {
        string[] askable = _asked.Exists(a => a.Ms > nowMs - ProbeWorld.DayMs)
            ? []
            : [.. _views.Select(v => v.Topic).Distinct().Where(t => MayAsk(t, nowMs))];
        if (topic is null)
        {
            return askable.Length == 0 ? null : $"asked nothing where {string.Join(' ', askable)} may be asked about";
        }

        _asked.Add((topic, nowMs));

        return askable.Contains(topic) ? null : $"asked about {topic}, and only {string.Join(' ', askable)} may be";
    }

    /// <summary>Where the client's trust is not what was said and asked.</summary>
    public string? Difference(ClientActor client)
    {
        foreach (string topic in _views.Select(v => v.Topic).Concat(_said.Select(s => s.Topic)).Distinct())
        {
            Trust expected = Expected(topic);
            if (ProbeWorld.Trust(client, topic) is var trust && trust != expected)
            {
                return $"{topic} is {trust}, not {expected}";
            }
        }

        return null;
    }

    private bool MayAsk(string topic, long nowMs) =>
        !_said.Exists(s => s.Topic == topic)
        && Evidence(topic, nowMs) >= LeastEvidence
        && _asked.TrueForAll(a => a.Topic != topic || nowMs - a.Ms >= repeatDays * ProbeWorld.DayMs);

    private double Evidence(string topic, long nowMs) =>
        _views.Where(v => v.Topic == topic).Sum(v => v.Weight * Math.Pow(2, -(nowMs - v.Ms) / HalfLifeMs));

    private Trust Expected(string topic)
    {
        (string Topic, bool Yes, long Ms)[] said = [.. _said.Where(s => s.Topic == topic).OrderBy(s => s.Ms)];
        return said.Length > 0 ? (said[^1].Yes ? Trust.Confirmed : Trust.Rejected)
            : _asked.Exists(a => a.Topic == topic) ? Trust.Probed : Trust.Inferred;
    }
}
