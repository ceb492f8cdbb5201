using Footprint.Grid.Api.My;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Api.Tests.My;

public sealed class MyPassCodecTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly MyPass _pass = new("shop", "tablet", "client-1", _now.AddMinutes(15));
    private readonly MyPassCodec _codec = new(new byte[32]);

    [Fact]
    public void Link_AnyClient_IsReadAsItWasMade() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>(),
        id =>
        {
            var text = new string([.. id.Get.Where(c => !char.IsSurrogate(c)).Take(42)]);
            MyPass[] passes = [_pass with { ClientId = text }, _pass with { Id = text }];
            return passes.All(pass => _codec.ReadLink(_codec.Link(pass), _now) == pass);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Link_EachBitChanged_IsRefused()
    {
        var link = System.Buffers.Text.Base64Url.DecodeFromChars(_codec.Link(_pass));
        for (var bit = 0; bit < link.Length * 8; bit++)
        {
            link[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(_codec.ReadLink(System.Buffers.Text.Base64Url.EncodeToString(link), _now));
            link[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Pass_OfAnotherUseSecretOrTime_IsRefused()
    {
        Assert.Null(_codec.ReadSession(_codec.Link(_pass), _now));
        Assert.Null(_codec.ReadLink(_codec.Session(_pass), _now));
        Assert.Null(new MyPassCodec([.. Enumerable.Repeat((byte)1, 32)]).ReadLink(_codec.Link(_pass), _now));
        Assert.Null(_codec.ReadLink(_codec.Link(_pass), _pass.Expires));
        Assert.Null(_codec.ReadLink(null, _now));
        Assert.Null(_codec.ReadLink("", _now));
        Assert.Null(_codec.ReadLink(new string('A', 5000), _now));
    }

    [Fact]
    public void FormToken_OfAnotherSession_IsRefused()
    {
        Assert.True(_codec.IsFormToken("one", _codec.FormToken("one")));
        Assert.False(_codec.IsFormToken("two", _codec.FormToken("one")));
        Assert.False(_codec.IsFormToken("one", null));
    }
}
