using Footprint.Grid.Pages;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Api.Reasons;

/// <summary>Puts the reasons of an answer into words.</summary>
public static class SpokenReasons
{
    /// <param name="response">Gets the words.</param>
    /// <param name="language">As in <c>Accept-Language</c>.</param>
    public static void Say(PickContentResponse response, string language)
    {
        foreach (Pick pick in response.Picks)
        {
            Say(pick.Reasons, language);
        }
    }

    /// <inheritdoc cref="Say(PickContentResponse, string)"/>
    public static void Say(TargetAdsResponse response, string language)
    {
        foreach (AdPick pick in response.Picks)
        {
            Say(pick.Reasons, language);
        }
    }

    private static void Say(RepeatedField<Reason> reasons, string wanted)
    {
        var language = PageLanguage.Best(wanted);
        foreach (Reason reason in reasons)
        {
            reason.Text = ReasonTexts.Of(language, reason);
        }
    }
}
