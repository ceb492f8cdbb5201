using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Operations;

/// <summary>
/// How an operation looks over JSON: verb, route, and which request fields the path and the query fill. A parameter
/// bears the JSON name of its field. A POST or PUT has a body: the request message without what the path says.
/// </summary>
public sealed class HttpBinding
{
    private readonly string[] _queryNames;

    public HttpBinding(string verb, string route, params string[] query)
    {
        Verb = verb;
        Route = route;
        Segments = route.Split('/')[1..];
        _queryNames = query;
    }

    public string Verb { get; }

    /// <summary>For example <c>/v1/clients/{clientId}/link</c>.</summary>
    public string Route { get; }

    /// <summary>The route's parts; a parameter is in braces.</summary>
    public IReadOnlyList<string> Segments { get; }

    public bool HasBody => Verb is "POST" or "PUT";

    /// <summary>Fields that the path fills, by the index of their segment.</summary>
    public IReadOnlyList<(int Segment, FieldDescriptor Field)> PathFields { get; private set; } = [];

    /// <summary>Fields that the query may fill.</summary>
    public IReadOnlyList<FieldDescriptor> QueryFields { get; private set; } = [];

    internal void Bind(MessageDescriptor request)
    {
        PathFields = [.. Segments.Index().Where(s => s.Item.StartsWith('{')).Select(s => (s.Index, Find(request, s.Item.Trim('{', '}'))))];
        QueryFields = [.. _queryNames.Select(name => Find(request, name))];
    }

    private FieldDescriptor Find(MessageDescriptor request, string name)
    {
        var field = request.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == name)
            ?? throw new ArgumentException($"{Verb} {Route}: {request.FullName} has no field {name}.");
        return field is { IsRepeated: false, FieldType: FieldType.String or FieldType.Int32 }
            ? field
            : throw new ArgumentException($"{Verb} {Route}: {name} is neither a string nor an int32.");
    }
}
