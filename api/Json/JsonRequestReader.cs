using System.Globalization;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Json;

/// <summary>Makes the request message of an operation from body, path and query.</summary>
internal sealed class JsonRequestReader(Operation operation, int maxDepth)
{
    private readonly HttpBinding _binding = operation.Http!;
    private readonly MessageDescriptor _type = operation.Method.InputType;
    private readonly JsonParser _parser = new(new JsonParser.Settings(maxDepth));
    private readonly FaultLocator _locator = new(maxDepth);

    public IMessage Read(string? body, IReadOnlyList<string> path, IQueryCollection query)
    {
        var message = body is null ? _type.Parser.ParseFrom([]) : Parse(body);
        foreach (var (segment, field) in _binding.PathFields)
        {
            SetFromPath(message, field, path[segment]);
        }

        foreach (var (name, values) in query)
        {
            var field = _binding.QueryFields.FirstOrDefault(f => f.JsonName == name)
                ?? throw new CallException(CallError.Invalid("Unknown query parameter.", name));
            if (values.Count != 1)
            {
                throw new CallException(CallError.Invalid("A query parameter is given once.", name));
            }

            field.Accessor.SetValue(message, Convert(field, values[0]!));
        }

        return message;
    }

    private IMessage Parse(string body)
    {
        try
        {
            return _parser.Parse(body, _type);
        }
        catch (Exception malformed)
        {
            // Parsing touches nothing but the body, so whatever it throws is the body's fault.
            throw new CallException(_locator.Locate(body, _type) ?? CallError.Invalid(malformed.Message));
        }
    }

    private static void SetFromPath(IMessage message, FieldDescriptor field, string text)
    {
        var value = Convert(field, text);
        var given = field.Accessor.GetValue(message);
        if (given is not "" and not 0 && !Equals(given, value))
        {
            throw new CallException(CallError.Invalid("The body says otherwise than the path.", field.JsonName));
        }

        field.Accessor.SetValue(message, value);
    }

    private static object Convert(FieldDescriptor field, string text)
    {
        if (field.FieldType == FieldType.String)
        {
            return text;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CallException(CallError.Invalid("Not a whole number of 32 bits.", field.JsonName));
    }
}
