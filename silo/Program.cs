using Footprint.Grid.Api.Commands;
using Footprint.Grid.Silo.Hosting;

return await SiloProgram.RunAsync(args, Setup.Environment(), Console.In, Console.Out, Console.Error);
