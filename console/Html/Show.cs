using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Pages.Html;

/// <summary>Values as every language here reads them.</summary>
internal static class Show
{
    public static string Time(Timestamp? time) =>
        time is null ? "" : time.ToDateTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
