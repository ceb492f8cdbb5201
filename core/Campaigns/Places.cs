using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Whether a request comes from one of some places, by the attributes of its context.</summary>
internal static class Places
{
    public static bool Has(RepeatedField<Place> places, Context? context)
    {
        for (int i = 0; i < places.Count; i++)
        {
            Place place = places[i];
            if (context is not null
                && Is(context, "country", place.Country) && Is(context, "region", place.Region)
                && Is(context, "city", place.City) && Is(context, "place", place.Place_))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(Context context, string name, string wanted) =>
        wanted.Length == 0 || (context.Attributes.TryGetValue(name, out string? value) && value == wanted);
}
