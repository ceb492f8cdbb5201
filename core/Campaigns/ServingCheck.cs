using Footprint.Grid.V1;
using static Footprint.Grid.Core.Campaigns.CampaignLimits;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>The checks of when, where and to whom a campaign shows.</summary>
internal readonly struct ServingCheck(AdCheck check, Campaign campaign)
{
    public void Check()
    {
        Hours(campaign.Dayparting);
        Channels();
        PlacesNamed();
        Segments();
        if (!(campaign.HoldoutShare >= 0 && campaign.HoldoutShare <= 1))
        {
            check.Add(".holdoutShare", "must be 0 to 1.", "0..1");
        }
    }

    private void Hours(Dayparting? terms)
    {
        if (terms is null)
        {
            return;
        }

        if (terms.TimeZone.Length is 0 or > MaxIdBytes || !TimeZoneInfo.TryFindSystemTimeZoneById(terms.TimeZone, out _))
        {
            check.Add(".dayparting.timeZone", "is no time zone that is known here.", "an IANA name");
        }

        if (terms.Spans.Count is 0 or > MaxSpans)
        {
            check.Add(".dayparting.spans", $"must be 1 to {MaxSpans}.", $"1..{MaxSpans}");
            return;
        }

        for (int i = 0; i < terms.Spans.Count; i++)
        {
            Dayparting.Types.Span span = terms.Spans[i];
            if (span.StartHour is < 0 or > 23 || span.EndHour > 24 || span.EndHour <= span.StartHour)
            {
                check.Add($".dayparting.spans[{i}]", "must start at 0 to 23 and end later, at 24 at the latest.", "0..24");
            }

            foreach (Dayparting.Types.Weekday day in span.Days)
            {
                if (day is < Dayparting.Types.Weekday.Monday or > Dayparting.Types.Weekday.Sunday)
                {
                    check.Add($".dayparting.spans[{i}].days", "must be days of the week.", "MONDAY..SUNDAY");
                    break;
                }
            }
        }
    }

    private void Channels()
    {
        if (campaign.Channels.Count > MaxChannels)
        {
            check.Add(".channels", $"must be at most {MaxChannels}.", $"{MaxChannels}");
            return;
        }

        for (int i = 0; i < campaign.Channels.Count; i++)
        {
            if (campaign.Channels[i] is <= FootprintEvent.Types.Channel.Unspecified or > FootprintEvent.Types.Channel.OutOfHome)
            {
                check.Add($".channels[{i}]", "must be a channel.", "WEB..OUT_OF_HOME");
            }
        }
    }

    private void PlacesNamed()
    {
        if (campaign.Places.Count > MaxPlaces)
        {
            check.Add(".places", $"must be at most {MaxPlaces}.", $"{MaxPlaces}");
            return;
        }

        for (int i = 0; i < campaign.Places.Count; i++)
        {
            Place place = campaign.Places[i];
            bool isNamed = false;
            foreach (string part in (ReadOnlySpan<string>)[place.Country, place.Region, place.City, place.Place_])
            {
                isNamed |= part.Length > 0;
                if (part.Length > 0 && !AdCheck.IsId(part))
                {
                    check.Add($".places[{i}]", $"has a part longer than {MaxIdBytes} bytes.", $"{MaxIdBytes} bytes");
                }
            }

            if (!isNamed)
            {
                check.Add($".places[{i}]", "must have a country, region, city or place.");
            }
        }
    }

    private void Segments()
    {
        if (campaign.SegmentWeights.Count > MaxSegmentWeights)
        {
            check.Add(".segmentWeights", $"must be at most {MaxSegmentWeights}.", $"{MaxSegmentWeights}");
            return;
        }

        for (int i = 0; i < campaign.SegmentWeights.Count; i++)
        {
            SegmentWeight weight = campaign.SegmentWeights[i];
            if (!AdCheck.IsId(weight.SegmentId))
            {
                check.Add($".segmentWeights[{i}].segmentId", $"must be 1 to {MaxIdBytes} bytes.", $"1..{MaxIdBytes} bytes");
            }

            if (!(Math.Abs(weight.Weight) <= MaxSegmentWeight) || weight.Weight == 0)
            {
                check.Add($".segmentWeights[{i}].weight", $"must be -{MaxSegmentWeight} to {MaxSegmentWeight} and not 0.", $"-{MaxSegmentWeight}..{MaxSegmentWeight}");
            }
        }
    }
}
