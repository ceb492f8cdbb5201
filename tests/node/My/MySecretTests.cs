using System.Net;

namespace Footprint.Grid.Node.Tests.My;

public sealed class MySecretTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Link_AfterARestart_StillLetsInAndIsNeverLogged()
    {
        var settings = new NodeSettings { Data = _folder.Path, More = ["--log-level", "trace"] };
        string link;
        string pass;
        await using (var node = await NodeProcess.StartAsync(settings))
        {
            using var visitor = new MyVisitor(node.Settings.Target);
            link = await visitor.LinkAsync("c1");
            pass = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
            using var entered = await visitor.Http.GetAsync(link).Within("the link is answered");
            Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
            Assert.DoesNotContain(pass, node.Output, StringComparison.Ordinal);
            Assert.Equal(0, await node.TerminateAsync());
        }

        await using var again = await NodeProcess.StartAsync(settings);
        using var later = new MyVisitor(again.Settings.Target);
        using var opened = await later.Http.GetAsync(link).Within("the link is answered");

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.DoesNotContain(pass, again.Output, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.File("secret")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
}
