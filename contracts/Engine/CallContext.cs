namespace Footprint.Grid.Engine;

/// <summary>Who calls, until when the answer is wanted, and whether the caller is still there.</summary>
/// <param name="Tenant">From the credential, never from the body.</param>
/// <param name="Deadline">UTC; every call has one.</param>
/// <param name="Cancelled">Fires when the caller goes away, not at the deadline.</param>
public readonly record struct CallContext(string Tenant, DateTimeOffset Deadline, CancellationToken Cancelled)
{
    /// <summary>When the request was there, by the clock of the process that took it in: what it says of its own time counts from then. Default when that is not known.</summary>
    public DateTimeOffset Arrived { get; init; }

    /// <summary>The request bore <c>Sec-GPC: 1</c>: its clients object to having their data sold or shared.</summary>
    public bool HasPrivacySignal { get; init; }

    /// <summary>The only recipient for whom the caller may ask; null when its requests name whom they like.</summary>
    public string? Recipient { get; init; }
}
