using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// The domain built from a copy of its sources into which every one of <see cref="Mutants"/> was put, each asleep until it is
/// chosen, and these tests loaded once more over it.
/// </summary>
public sealed class MutatedCore : IAsyncLifetime, IDisposable
{
    private const string Core = "Footprint.Grid.Core";
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>Footprint.Grid.Core</AssemblyName>
            <LangVersion>14</LangVersion>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RunAnalyzers>false</RunAnalyzers>
            <NoWarn>$(NoWarn);CS0162;CS0168;CS0219;CS8321</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="LIBRARIES/Footprint.Grid.Contracts.dll" />
            <Reference Include="LIBRARIES/Google.*.dll" />
            <InternalsVisibleTo Include="Footprint.Grid.Core.Tests" />
          </ItemGroup>
        </Project>
        """;

    private const string Switch = """
        namespace Footprint.Grid.Core;

        public static class Mutation
        {
            public static int On { get; set; } = -1;
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footprint-grid-mutants-");
    private PropertyInfo? _on;
    private Assembly? _over;

    public async Task InitializeAsync()
    {
        Write();
        await BuildAsync();
        var tests = new Over(Path.Combine(_folder.FullName, "out", Core + ".dll"));
        Assembly mutated = tests.LoadFromAssemblyName(new AssemblyName(Core));
        _on = mutated.GetType(Core + ".Mutation")!.GetProperty("On")!;
        _over = tests.LoadFromAssemblyPath(typeof(WithheldTests).Assembly.Location);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What the check notices, in the first of so many worlds where it does; empty for nothing.</summary>
    /// <param name="mutant">Its name; empty for none.</param>
    /// <param name="check">Looks for it: from that seed on, in so many.</param>
    /// <param name="worlds">How many to look at.</param>
    internal string First(string mutant, Func<int, int, string> check, int worlds)
    {
        Choose(mutant);
        return Copy(check.Method).CreateDelegate<Func<int, int, string>>()(0, worlds);
    }

    /// <summary>How a test fails; empty when it does not.</summary>
    /// <param name="mutant">Its name; empty for none.</param>
    /// <param name="test">A fact, or a theory of inline data.</param>
    internal string Failure(string mutant, MethodInfo test)
    {
        Choose(mutant);
        MethodInfo over = Copy(test);
        object?[][] cases = [.. test.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(test))];
        foreach (object?[] arguments in cases.Length == 0 ? [[]] : cases)
        {
            try
            {
                over.Invoke(Activator.CreateInstance(over.DeclaringType!), arguments);
            }
            catch (TargetInvocationException failed)
            {
                return failed.InnerException!.Message;
            }
        }

        return "";
    }

    private void Choose(string mutant) => _on!.SetValue(null, Array.FindIndex(Mutants.All, m => m.Name == mutant));

    private MethodInfo Copy(MethodInfo method) => _over!.GetType(method.DeclaringType!.FullName!)!
        .GetMethod(method.Name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)!;

    private void Write()
    {
        string from = Sources();
        foreach (string path in Directory.EnumerateFiles(from, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(from, path).Replace('\\', '/');
            string to = Path.Combine(_folder.FullName, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, Mutate(relative, File.ReadAllText(path)));
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "Mutation.cs"), Switch);
        File.WriteAllText(Path.Combine(_folder.FullName, Core + ".csproj"), Project.Replace("LIBRARIES", AppContext.BaseDirectory, StringComparison.Ordinal));
    }

    private static string Mutate(string file, string source)
    {
        for (int i = 0; i < Mutants.All.Length; i++)
        {
            foreach (Mutants.Edit edit in Mutants.All[i].Edits.Where(e => e.File == file))
            {
                // A piece may hold what a mutant before put there: it is looked for as it was.
                string faulty = $"(Mutation.On == {i} ? ({edit.Fault}) : ({edit.Expression}))";
                int at = source.IndexOf(edit.Where, StringComparison.Ordinal);
                int within = edit.Where.IndexOf(edit.Expression, StringComparison.Ordinal);
                Assert.True(at >= 0 && within >= 0 && source.IndexOf(edit.Where, at + 1, StringComparison.Ordinal) < 0, $"'{edit.Where}' is not once in {file}");
                source = source[..(at + within)] + faulty + source[(at + within + edit.Expression.Length)..];
            }
        }

        return source;
    }

    private async Task BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["build", _folder.FullName, "-o", Path.Combine(_folder.FullName, "out"), "-v", "q", "--nologo"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("RestoreConfigFile");
        using var build = Process.Start(start)!;
        string said = await build.StandardOutput.ReadToEndAsync().WaitAsync(_limit);
        await build.WaitForExitAsync().WaitAsync(_limit);
        Assert.True(build.ExitCode == 0, said[..Math.Min(said.Length, 2_000)]);
    }

    private static string Sources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Footprint.Grid.Node.slnf")))
            {
                return Path.Combine(folder.FullName, "core");
            }
        }

        throw new InvalidOperationException($"no sources above {AppContext.BaseDirectory}");
    }

    // All but the domain and these tests is shared with the tests that run.
    private sealed class Over(string core) : AssemblyLoadContext("mutants")
    {
        protected override Assembly? Load(AssemblyName name) => name.Name == Core ? LoadFromAssemblyPath(core) : null;
    }
}
