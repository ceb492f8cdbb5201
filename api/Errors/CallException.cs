namespace Footprint.Grid.Api.Errors;

/// <summary>Carries a <see cref="CallError"/> out of the reading of a request.</summary>
internal sealed class CallException(CallError error) : Exception(error.Message)
{
    public CallError Error { get; } = error;
}
