using Xunit.Sdk;

namespace Footprint.Grid.Conformance;

/// <summary>A theory that is skipped where its class requires a tool that is missing.</summary>
[XunitTestCaseDiscoverer("Footprint.Grid.Conformance.ToolTheoryDiscoverer", "Footprint.Grid.Conformance")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute;
