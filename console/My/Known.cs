using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.My;

/// <summary>The words for how something is known. What a newer version may say is put as not known.</summary>
internal static class Known
{
    public static string How(PageLanguage t, Trust trust) => t["trust." + (Enum.IsDefined(trust) ? trust : Trust.Unspecified)];

    public static string State(PageLanguage t, Trust trust) => t["state." + (Enum.IsDefined(trust) ? trust : Trust.Unspecified)];

    public static string Provenance(PageLanguage t, Trait.Types.Provenance provenance) =>
        t["provenance." + (Enum.IsDefined(provenance) ? provenance : Trait.Types.Provenance.Unspecified)];

    public static string Channel(PageLanguage t, FootprintEvent.Types.Channel channel) =>
        t["channel." + (Enum.IsDefined(channel) ? channel : FootprintEvent.Types.Channel.Unspecified)];

    public static string Source(PageLanguage t, string source) => t.Named("source", source);
}
