using Xunit.Abstractions;
using Xunit.Sdk;

namespace Footprint.Grid.Conformance;

/// <summary>Finds <see cref="ToolFactAttribute"/>s.</summary>
public sealed class ToolFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        RequiresToolAttribute.WhySkip(testMethod) is { } why
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod,
                why)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}
