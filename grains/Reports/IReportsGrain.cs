using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Reports;

/// <summary>Publishes a tenant's reports; its key is the tenant. One call at a time, so that there is one publication an hour.</summary>
[Alias("fg.reports")]
internal interface IReportsGrain : IGrainWithStringKey
{
    /// <summary>The request's kind is a <see cref="ReportKind"/>; answered with the report.</summary>
    [Alias("get")]
    Task<Payload> GetAsync(Payload request);
}
