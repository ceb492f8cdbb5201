using System.Globalization;
using Footprint.Grid.Core.Conditions;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Conditions;

public class JsNumberTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(5, "5")]
    [InlineData(-120, "-120")]
    [InlineData(0.1, "0.1")]
    [InlineData(-1234.5678, "-1234.5678")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(-1.7976931348623157e308, "-1.7976931348623157e+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Format_OfANumber_WritesAsEcmaScript(double value, string expected)
    {
        Span<char> text = stackalloc char[JsNumber.MaxLength];

        Assert.Equal(expected, text[..JsNumber.Format(value, text)].ToString());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\u00a0\ufeff", 0)]
    [InlineData(" 12 ", 12)]
    [InlineData("+.5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1e3", 1000)]
    [InlineData("0b101", 5)]
    [InlineData("0o17", 15)]
    [InlineData("0XfF", 255)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("infinity", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("-0x10", double.NaN)]
    [InlineData("0x", double.NaN)]
    [InlineData("0b2", double.NaN)]
    [InlineData("1,000", double.NaN)]
    [InlineData("1_000", double.NaN)]
    [InlineData("--1", double.NaN)]
    [InlineData(".", double.NaN)]
    [InlineData("+", double.NaN)]
    [InlineData("1 2", double.NaN)]
    [InlineData("\u0085", double.NaN)]
    [InlineData("007", 7)]
    public void Parse_OfText_ReadsAsEcmaScript(string text, double expected)
    {
        Assert.Equal(expected, JsNumber.Parse(text));
    }

    [Fact]
    public void Format_OfAnyNumber_ReadsBackTheSame()
    {
        Gen<double> bits = from high in Gen.Choose(int.MinValue, int.MaxValue)
                           from low in Gen.Choose(int.MinValue, int.MaxValue)
                           select BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low);
        Prop.ForAll(bits.ToArbitrary(), value =>
        {
            Span<char> text = stackalloc char[JsNumber.MaxLength];
            string written = text[..JsNumber.Format(value, text)].ToString();
            double read = double.IsInfinity(value) || double.IsNaN(value) ? JsNumber.Parse(written) : double.Parse(written, CultureInfo.InvariantCulture);
            return read.Equals(value) && JsNumber.Parse(written).Equals(value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }
}
