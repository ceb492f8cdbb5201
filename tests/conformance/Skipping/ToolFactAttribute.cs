using Xunit.Sdk;

namespace Footprint.Grid.Conformance;

/// <summary>A fact that is skipped where its class requires a tool that is missing.</summary>
[XunitTestCaseDiscoverer("Footprint.Grid.Conformance.ToolFactDiscoverer", "Footprint.Grid.Conformance")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute;
