using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Checks what a request means; throws <see cref="Engine.GridException"/> with every fault found.</summary>
public static class RequestValidator
{
    public static void Check(PickContentRequest request) => throw new NotSupportedException();

    public static void Check(TargetAdsRequest request) => throw new NotSupportedException();

    public static void Check(LinkRequest request) => throw new NotSupportedException();

    public static void Check(SetConsentsRequest request) => throw new NotSupportedException();

    public static void Check(ConfirmInterestRequest request) => throw new NotSupportedException();

    /// <summary>A client id on its own: 1 to 128 bytes.</summary>
    public static void CheckClientId(string clientId) => throw new NotSupportedException();
}
