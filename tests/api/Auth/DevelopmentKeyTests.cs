using System.Runtime.Versioning;
using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Api.Tests.Auth;

[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class DevelopmentKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("footprint-grid-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Key_MadeOnce_IsKeptAndReadableByItsOwnerAlone()
    {
        var made = DevelopmentKey.ReadOrMake(_folder);
        var again = DevelopmentKey.ReadOrMake(_folder);

        Assert.Equal(made, again);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, DevelopmentKey.FileName)));
    }

    [Fact]
    public void Key_ThatOthersCouldRead_IsReplaced()
    {
        var made = DevelopmentKey.ReadOrMake(_folder);
        File.SetUnixFileMode(
            Path.Combine(_folder, DevelopmentKey.FileName), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var next = DevelopmentKey.ReadOrMake(_folder);

        Assert.NotEqual(made, next);
        Assert.Equal(next, DevelopmentKey.Read(_folder));
    }

    [Fact]
    public void Entry_OfAKey_HoldsItsHashOnly()
    {
        var entry = DevelopmentKey.Entry("plain-secret");

        Assert.Equal(ApiKey.Hash("plain-secret"), entry.Hash);
        Assert.Equal(Scopes.Names, entry.Scopes);
        Assert.Equal("default", entry.Tenant);
    }
}
