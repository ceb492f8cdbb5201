using Footprint.Grid.Api.Commands;
using Footprint.Grid.Gateway.Hosting;

return await GatewayProgram.RunAsync(args, Setup.Environment(), Console.In, Console.Out, Console.Error);
