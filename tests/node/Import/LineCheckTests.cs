using System.Text;
using Footprint.Grid.Node.Import;

namespace Footprint.Grid.Node.Tests.Import;

public sealed class LineCheckTests
{
    [Theory]
    [InlineData("""{"itemId":"a"}""", true)]
    [InlineData("""{"itemId":"a","topics":[{"topic":"t","weight":1}]}""", true)]
    [InlineData("""{"itemId":"a"},{"itemId":"b"}""", false)]
    [InlineData("""{"itemId":"a"}]""", false)]
    [InlineData("""{"itemId":"a" """, false)]
    [InlineData("""["a"]""", false)]
    [InlineData("null", false)]
    [InlineData("not json", false)]
    public void Form_Line_IsExactlyOneObjectOrAFault(string line, bool good)
    {
        var fault = LineCheck.Form(7, Encoding.UTF8.GetBytes(line));

        Assert.Equal(good, fault is null);
        Assert.True(good || fault!.Line == 7);
    }

    [Theory]
    [InlineData("""{"itemId":"a"}""", true)]
    [InlineData("""{"itemId":"a","colour":"red"}""", false)]
    [InlineData("""{"itemId":"a","topics":3}""", false)]
    [InlineData("""{"itemId":"a","publishTime":"yesterday"}""", false)]
    public void Item_Line_IsReadAsTheContractSays(string line, bool good)
    {
        Assert.Equal(good, LineCheck.Item(new ImportLine(1, Encoding.UTF8.GetBytes(line))) is null);
    }
}
