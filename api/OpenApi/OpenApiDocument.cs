using System.Text.Json.Nodes;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Json;
using Footprint.Grid.Api.Operations;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.OpenApi;

/// <summary>The description of the JSON side as OpenAPI 3.1, made from the operation table and its descriptors.</summary>
internal static class OpenApiDocument
{
    /// <summary>Serves it. It is public: it says what the contract says.</summary>
    public static JsonRoute Route(OperationTable table)
    {
        var text = Build(table).ToJsonString();
        return new JsonRoute("GET", ["openapi", "v1.json"], null, (context, _) => JsonWriter.WriteAsync(context, text, StatusCodes.Status200OK));
    }

    public static JsonObject Build(OperationTable table)
    {
        var schemas = new SchemaSet();
        var paths = new JsonObject();
        foreach (var operation in table.All.Where(operation => operation.Http is not null))
        {
            var route = operation.Http!.Route;
            if (paths[route] is not JsonObject path)
            {
                paths[route] = path = [];
            }

            path[operation.Http.Verb.ToLowerInvariant()] = Describe(operation, schemas);
        }

        paths["/health/startup"] = Health("Started", "Whether the start is over.", mayFail: true);
        paths["/health/live"] = Health("Live", "Whether the process answers.", mayFail: false);
        paths["/health/ready"] = Health("Ready", "Whether it takes work.", mayFail: true);

        schemas.Add(V1.Error.Descriptor);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Footprint.Grid", ["version"] = "v1" },
            ["security"] = new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key." },
                },
                ["responses"] = new JsonObject { ["Error"] = ErrorResponse() },
                ["schemas"] = schemas.Json,
            },
        };
    }

    private static JsonObject Describe(Operation operation, SchemaSet schemas)
    {
        var http = operation.Http!;
        var parameters = new JsonArray();
        foreach (var (_, field) in http.PathFields)
        {
            parameters.Add(Parameter(field, "path"));
        }

        foreach (var field in http.QueryFields)
        {
            parameters.Add(Parameter(field, "query"));
        }

        var described = new JsonObject
        {
            ["operationId"] = operation.Name,
            ["tags"] = new JsonArray(operation.Method.Service.Name),
            ["description"] = $"Needs a key with the scope {Scopes.Name(operation.Access.Scope)}.",
            ["parameters"] = parameters,
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "Done.", ["content"] = Content(schemas.Add(operation.Method.OutputType)) },
                ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Error" },
            },
        };
        foreach (var status in new[] { "400", "401", "403", "404", "413", "415", "429", "503", "504" })
        {
            described["responses"]![status] = new JsonObject { ["$ref"] = "#/components/responses/Error" };
        }

        if (http.HasBody)
        {
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(schemas.Add(operation.Method.InputType)) };
        }

        return described;
    }

    private static JsonObject Parameter(FieldDescriptor field, string place) => new()
    {
        ["name"] = field.JsonName,
        ["in"] = place,
        ["required"] = place == "path",
        ["schema"] = new JsonObject { ["type"] = field.FieldType == FieldType.String ? "string" : "integer" },
    };

    private static JsonObject Content(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject ErrorResponse() => new()
    {
        ["description"] = "Refused or failed; nothing was changed.",
        ["content"] = Content(new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("error"),
            ["properties"] = new JsonObject { ["error"] = SchemaSet.Reference(V1.Error.Descriptor) },
        }),
    };

    private static JsonObject Health(string id, string summary, bool mayFail)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["status"] = new JsonObject { ["type"] = "string" },
                ["reason"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
            },
        };
        var responses = new JsonObject { ["200"] = new JsonObject { ["description"] = "It does.", ["content"] = Content(schema) } };
        if (mayFail)
        {
            responses["503"] = new JsonObject { ["description"] = "It does not, and why.", ["content"] = Content((JsonObject)schema.DeepClone()) };
        }

        return new JsonObject
        {
            ["get"] = new JsonObject
            {
                ["operationId"] = id,
                ["summary"] = summary,
                ["security"] = new JsonArray(),
                ["responses"] = responses,
            },
        };
    }
}
