[assembly: Xunit.AssemblyTrait("Set", "cluster")]
