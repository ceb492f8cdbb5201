using System.CommandLine;
using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Api.Commands;

/// <summary><c>hash-key</c>: from a key on standard input to what appsettings keep of it, without a secret in the shell's history.</summary>
internal static class HashKeyCommand
{
    private const int MaxKeyLength = 256;

    public static Command Create(TextReader input, TextWriter output, TextWriter errors)
    {
        var generate = new Option<bool>("--generate") { Description = "Make a new key and print it before its hash." };
        var command = new Command("hash-key", "Print the hash of a key read from standard input, for Keys in appsettings.") { generate };
        command.SetAction(result =>
        {
            if (result.GetValue(generate))
            {
                var fresh = ApiKey.Generate();
                output.WriteLine($"key   {fresh}");
                output.WriteLine($"hash  {ApiKey.Hash(fresh)}");
                return ExitCode.Success;
            }

            var key = Read(input, errors);
            if (key.Length is 0 or > MaxKeyLength || key.Any(c => c is < '!' or > '~'))
            {
                errors.WriteLine($"A key is 1 to {MaxKeyLength} visible ASCII characters on one line.");
                return ExitCode.Configuration;
            }

            output.WriteLine(ApiKey.Hash(key));
            return ExitCode.Success;
        });
        return command;
    }

    // At a terminal the key is not echoed.
    private static string Read(TextReader input, TextWriter errors)
    {
        if (Console.IsInputRedirected || !ReferenceEquals(input, Console.In))
        {
            return (input.ReadLine() ?? "").Trim();
        }

        errors.Write("Key (not shown): ");
        var key = new System.Text.StringBuilder();
        for (var pressed = Console.ReadKey(intercept: true); pressed.Key != ConsoleKey.Enter; pressed = Console.ReadKey(intercept: true))
        {
            if (pressed.Key == ConsoleKey.Backspace)
            {
                key.Length = Math.Max(0, key.Length - 1);
            }
            else if (pressed.KeyChar != '\0' && key.Length <= MaxKeyLength)
            {
                key.Append(pressed.KeyChar);
            }
        }

        errors.WriteLine();
        return key.ToString();
    }
}
