using Footprint.Grid.Core.Definitions;

namespace Footprint.Grid.Embedded.Stores;

/// <summary>Rows that take a tenant's definitions from one version to another, all or none.</summary>
internal sealed record DefinitionsChange(string Tenant, ulong FromVersion, ulong ToVersion, IReadOnlyList<DefinitionRow> Rows);
