using System.CommandLine;
using Rt1.Cli;

var root = new RootCommand("Rt1, a robot transformer control runtime: RT-1 from camera frames and an instruction to robot commands.");
root.Subcommands.Add(DataCommand.Create());

return await Application.Run(root, args);
