using System.CommandLine;
using Rt1.Cli;
using Rt1.Cli.Banks;
using Rt1.Cli.Bench;
using Rt1.Cli.Checkpoints;
using Rt1.Cli.Data;
using Rt1.Cli.Doctor;
using Rt1.Cli.Evaluate;
using Rt1.Cli.Predict;
using Rt1.Cli.Replay;
using Rt1.Cli.Run;
using Rt1.Cli.Sim;
using Rt1.Cli.Teleop;
using Rt1.Cli.Train;

var root = new RootCommand("Rt1, a robot transformer control runtime: RT-1 from camera frames and an instruction to robot commands.")
{
    RunCommand.Create(),
    TeleopCommand.Create(),
    ReplayCommand.Create(),
    PredictCommand.Create(),
    CheckpointCommand.Create(),
    BankCommand.Create(),
    SimCommand.Create(),
    DataCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ReportCommand.Create(),
    BenchCommand.Create(),
    DoctorCommand.Create(),
};

return await Application.Run(root, args);
