using System.Text;
using Footprint.Grid.Core.Consent.Tcf;

namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>Spoiled consent strings are read or refused by their own error, nothing else.</summary>
public sealed class TcfFuzzTests
{
    private static readonly string[] _samples =
    [
        "CQuFeUAQuFeUAAfACBENChFsAP_gAH_gAAiQJYQBIAAgAHAAoADAF5gSwAvOACAvMAIQABAAEPAAgLzA.YAAAAAAAAAAA",
        "CQuFeUAQuFeUAAfACBENChFsAP_gAH_gAAiQJYQBIAAgAHAAoADAF5gSwAAAAAAA.IJYQBIAAgAHAAoADAF5gSwAA.cYAAABgAAAAA",
    ];

    [Fact]
    public void TcfString_Spoiled_IsReadOrRefusedByItsOwnError()
    {
        foreach (var seed in FuzzRounds.Seeds)
        {
            var mutator = new Mutator(seed);
            var text = Encoding.Latin1.GetString(mutator.Mutate(Encoding.Latin1.GetBytes(_samples[mutator.Next(_samples.Length)])));
            try
            {
                var tcf = TcfString.Parse(text);
                for (var purpose = 0; purpose <= 25; purpose++)
                {
                    _ = tcf.Allows(mutator.Next(70_000), purpose);
                    _ = tcf.AllowsPublisher(purpose);
                }
            }
            catch (TcfException fault)
            {
                Assert.NotEmpty(fault.Limit);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}: {fault}\n{text}");
            }
        }
    }
}
