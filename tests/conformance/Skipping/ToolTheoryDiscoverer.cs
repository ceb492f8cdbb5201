using Xunit.Abstractions;
using Xunit.Sdk;

namespace Footprint.Grid.Conformance;

/// <summary>Finds <see cref="ToolTheoryAttribute"/>s.</summary>
public sealed class ToolTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        RequiresToolAttribute.WhySkip(testMethod) is { } why
            ? CreateTestCasesForSkip(discoveryOptions, testMethod, theoryAttribute, why)
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
