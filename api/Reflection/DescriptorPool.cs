using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Reflection;

/// <summary>The files behind a set of services, by name and by the symbols that they declare.</summary>
internal sealed class DescriptorPool
{
    private readonly Dictionary<string, FileDescriptor> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _bySymbol = new(StringComparer.Ordinal);

    public DescriptorPool(IEnumerable<ServiceDescriptor> services)
    {
        foreach (var service in services)
        {
            Add(service.File);
        }
    }

    public FileDescriptor? FindFile(string name) => _byName.GetValueOrDefault(name);

    public FileDescriptor? FindSymbol(string symbol) => _bySymbol.GetValueOrDefault(symbol.TrimStart('.'));

    /// <summary>A file after all that it imports, each once.</summary>
    public static IEnumerable<FileDescriptor> WithImports(FileDescriptor file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ordered = new List<FileDescriptor>();
        Visit(file);
        // Clients take the first one for the answer to what they asked.
        ordered.Reverse();
        return ordered;

        void Visit(FileDescriptor next)
        {
            if (seen.Add(next.Name))
            {
                foreach (var import in next.Dependencies)
                {
                    Visit(import);
                }

                ordered.Add(next);
            }
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!_byName.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var import in file.Dependencies)
        {
            Add(import);
        }

        foreach (var service in file.Services)
        {
            _bySymbol[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _bySymbol[method.FullName] = file;
            }
        }

        foreach (var message in file.MessageTypes)
        {
            Add(message);
        }

        foreach (var kind in file.EnumTypes)
        {
            _bySymbol[kind.FullName] = file;
        }
    }

    private void Add(MessageDescriptor message)
    {
        _bySymbol[message.FullName] = message.File;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _bySymbol[field.FullName] = message.File;
        }

        foreach (var kind in message.EnumTypes)
        {
            _bySymbol[kind.FullName] = message.File;
        }

        foreach (var nested in message.NestedTypes)
        {
            Add(nested);
        }
    }
}
