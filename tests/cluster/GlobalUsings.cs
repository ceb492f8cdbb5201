global using Footprint.Grid.Cluster.Tests.Processes;
global using Footprint.Grid.Conformance;
global using Footprint.Grid.Conformance.Faults;
global using Footprint.Grid.Conformance.Processes;
global using Footprint.Grid.Conformance.Wire;
