using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Reasons;

/// <summary>Puts reasons into words where a request asks for a language; engines know none. Other requests pass as they are.</summary>
internal sealed class ReasonWords(IClientEngine engine)
{
    public ValueTask<PickContentResponse> PickContentAsync(PickContentRequest request, CallContext call) =>
        request.Language.Length == 0 ? engine.PickContentAsync(request, call) : PickInWordsAsync(request, call);

    public ValueTask<TargetAdsResponse> TargetAdsAsync(TargetAdsRequest request, CallContext call) =>
        request.Language.Length == 0 ? engine.TargetAdsAsync(request, call) : TargetInWordsAsync(request, call);

    private async ValueTask<PickContentResponse> PickInWordsAsync(PickContentRequest request, CallContext call)
    {
        PickContentResponse response = await engine.PickContentAsync(request, call);
        SpokenReasons.Say(response, request.Language);
        return response;
    }

    private async ValueTask<TargetAdsResponse> TargetInWordsAsync(TargetAdsRequest request, CallContext call)
    {
        TargetAdsResponse response = await engine.TargetAdsAsync(request, call);
        SpokenReasons.Say(response, request.Language);
        return response;
    }
}
