global using Footprint.Grid.Node.Tests.Processes;
