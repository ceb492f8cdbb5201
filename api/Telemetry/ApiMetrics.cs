using System.Diagnostics.Metrics;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Operations;
using Google.Rpc;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>
/// The instruments of the API under the meter <c>Footprint.Grid</c>: requests and their duration in seconds by operation,
/// protocol and code; what is under way; what was shed and why.
/// </summary>
public sealed class ApiMetrics : IDisposable
{
    public const string MeterName = "Footprint.Grid";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _shed;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;

    public ApiMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("footprint.grid.requests", "{request}", "Calls answered.");
        _shed = _meter.CreateCounter<long>("footprint.grid.shed", "{request}", "Calls refused because of load.");
        _duration = _meter.CreateHistogram<double>("footprint.grid.request.duration", "s", "Time from a call's headers to its last byte.");
    }

    public void Dispose() => _meter.Dispose();

    internal Slots Watch(Slots slots, string what)
    {
        _meter.CreateObservableUpDownCounter($"footprint.grid.{what}.active", () => slots.Taken, "{request}", $"The {what} under way.");
        return slots;
    }

    internal void Shed(string reason)
    {
        if (_shed.Enabled)
        {
            _shed.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    internal void Answered(Operation operation, string protocol, Code code, long started)
    {
        if (!_requests.Enabled && !_duration.Enabled)
        {
            return;
        }

        var name = new KeyValuePair<string, object?>("operation", operation.Method.FullName);
        var how = new KeyValuePair<string, object?>("protocol", protocol);
        var result = new KeyValuePair<string, object?>("code", Codes.Name(code));
        _requests.Add(1, name, how, result);
        _duration.Record(_time.GetElapsedTime(started).TotalSeconds, name, how, result);
    }
}
