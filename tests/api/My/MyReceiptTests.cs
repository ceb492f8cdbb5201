using System.Net;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Pages;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Api.Tests.My;

/// <summary>What the page says after an erasure is what the API's receipt says.</summary>
public sealed class MyReceiptTests
{
    public static TheoryData<string> Languages => [.. PageLanguage.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Erased_EveryCopyOfTheReceipt_IsThereWithItsDatesInTheLanguage(string code)
    {
        foreach (var store in System.Enum.GetValues<ErasedFrom>())
        {
            var receipt = new EraseResponse { ErasedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 21, 10, 30, 0, DateTimeKind.Utc)) };
            ErasureReceipt.Fill(receipt, store);

            var page = WebUtility.HtmlDecode(SmallPages.Erased(PageLanguage.Find(code)!, receipt));

            var facts = receipt.Copies.Count + receipt.Copies.Count(copy => copy.GoneBy is not null) + receipt.Copies.Count(copy => copy.Remains.Length > 0);
            Assert.Equal((receipt.Copies.Count, facts), (Count(page, "<li><h2>"), Count(page, "<dt>")));
            Assert.Equal(receipt.Copies.Any(copy => copy.GoneBy is { } gone && gone > receipt.ErasedAt), page.Contains("<dd>2026-11-21 11:30 UTC</dd>", StringComparison.Ordinal));
            Assert.All(receipt.Copies, copy => Assert.DoesNotContain($"<h2>{copy.Name}</h2>", page, StringComparison.Ordinal));
            Assert.All(receipt.Copies.Where(copy => copy.Remains.Length > 0 && code != "en"), copy => Assert.DoesNotContain(copy.Remains, page, StringComparison.Ordinal));
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
