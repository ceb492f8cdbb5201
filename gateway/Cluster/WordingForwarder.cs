using System.Text;
using Footprint.Grid.Api.Reasons;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Gateway.Cluster;

/// <summary>Puts the reasons of a decision into words where its request asks for a language; other bytes pass unread.</summary>
internal sealed class WordingForwarder(IClientForwarder inner) : IClientForwarder
{
    public async ValueTask<ReadOnlyMemory<byte>> ForwardAsync(ClientOperation operation, ReadOnlyMemory<byte> request, CallContext call)
    {
        var answer = await inner.ForwardAsync(operation, request, call);
        return operation switch
        {
            ClientOperation.PickContent when Language(request.Span, PickContentRequest.LanguageFieldNumber) is { Length: > 0 } language => Pick(answer, language),
            ClientOperation.TargetAds when Language(request.Span, TargetAdsRequest.LanguageFieldNumber) is { Length: > 0 } language => Ads(answer, language),
            _ => answer,
        };
    }

    // The silo has parsed the request by now, so these bytes are a message.
    private static string Language(ReadOnlySpan<byte> request, int number)
    {
        var language = "";
        var fields = new WireFields(request);
        while (fields.Next())
        {
            language = fields.Number == number && fields.IsBytes ? Encoding.UTF8.GetString(fields.Bytes) : language;
        }

        return language;
    }

    private static byte[] Pick(ReadOnlyMemory<byte> answer, string language)
    {
        var response = PickContentResponse.Parser.ParseFrom(answer.Span);
        SpokenReasons.Say(response, language);
        return response.ToByteArray();
    }

    private static byte[] Ads(ReadOnlyMemory<byte> answer, string language)
    {
        var response = TargetAdsResponse.Parser.ParseFrom(answer.Span);
        SpokenReasons.Say(response, language);
        return response.ToByteArray();
    }
}
