using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>The receipt and docs/privacy.md say the same of what an erasure leaves.</summary>
public sealed partial class ErasureReceiptTests
{
    [Fact]
    public void Fill_WhateverTheStore_NamesAllThatTheDocsSayRemains()
    {
        var remaining = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ErasedFrom store in Enum.GetValues<ErasedFrom>())
        {
            var receipt = new EraseResponse { ErasedAt = TenantWorld.At(TenantWorld.Now) };
            ErasureReceipt.Fill(receipt, store);
            remaining.UnionWith(receipt.Copies.Where(copy => copy.Remains.Length > 0).Select(copy => copy.Name));
        }

        string docs = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "privacy.md"));
        string section = docs[docs.IndexOf("\n## Erasure\n", StringComparison.Ordinal)..docs.IndexOf("**Unlearning.**", StringComparison.Ordinal)];

        Assert.Equal(remaining, Named().Matches(section).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^- \*\*(.+?)\*\*:", RegexOptions.Multiline)]
    private static partial Regex Named();
}
