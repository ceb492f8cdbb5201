using Footprint.Grid.Api.Commands;
using Footprint.Grid.Node.Commands;

return await NodeProgram.RunAsync(args, Setup.Environment(), Console.In, Console.Out, Console.Error);
