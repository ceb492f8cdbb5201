global using Footprint.Grid.Conformance;
global using Footprint.Grid.Conformance.Faults;
global using Footprint.Grid.Conformance.Processes;
global using Footprint.Grid.Conformance.Wire;
global using Footprint.Grid.Node.Tests.Processes;
