using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Data;
using Spectre.Console;

namespace Rt1.Cli.Bench;

/// <summary><c>rt1 bench data</c>: the pipeline against bare decoding and resizing of the same images.</summary>
internal static class DataBenchCommand
{
    public static Command Create()
    {
        var mixture = new Option<string?>("--mixture") { Description = "A mixture; without it made-up EDR and Kuka episodes, 2 : 1.", HelpName = "FILE" };
        var windows = CommonOptions.Count("--windows", "Windows of each measurement.", 1200);
        var batch = CommonOptions.Count("--batch", "Samples of a batch.", 48);
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("data", "Training windows a second with 1 and 2 decoding threads, against bare decoding of the same images.") { mixture, windows, batch, set, json };
        command.SetAction(parsed =>
        {
            using var made = parsed.GetValue(mixture) is null ? new MadeUpMixture() : null;
            var config = made?.Config ?? Config.Load<MixtureConfig>(parsed.GetValue(mixture)!, parsed.GetValue(set));
            var timings = new[] { 1, 2 }
                .Select(threads => MixtureBenchmark.Run(config, parsed.GetValue(batch), parsed.GetValue(windows), threads, TimeProvider.System)).ToList();
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(timings));
            else
                Print(timings);
            return Application.Ok;
        });
        return command;
    }

    private static void Print(IEnumerable<MixtureTimings> timings)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("threads", "windows", "windows/s", "images/s", "bare decode + resize, images/s", "ratio", "peak memory, MB");
        foreach (var t in timings)
        {
            string Number(FormattableString number) => number.ToString(CultureInfo.InvariantCulture);
            table.AddRow(Number($"{t.Threads}"), Number($"{t.Windows}"), Number($"{t.WindowsPerSecond:0.0}"), Number($"{t.ImagesPerSecond:0}"),
                Number($"{t.BareImagesPerSecond:0}"), Number($"{t.Ratio:0.00}"), Number($"{t.PeakMemoryMb:0}"));
        }
        AnsiConsole.Write(table);
    }

    /// <summary>Datasets that last as long as the measurement.</summary>
    private sealed class MadeUpMixture : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rt1-bench-");

        public MadeUpMixture()
        {
            var (edr, kuka) = (Path.Combine(_folder.FullName, "edr"), Path.Combine(_folder.FullName, "kuka"));
            SyntheticEpisodes.Write(edr, "edr", episodes: 40, steps: 30, height: 256, width: 320, seed: 1);
            SyntheticEpisodes.Write(kuka, "kuka", episodes: 40, steps: 12, height: 512, width: 640, seed: 2);
            Config = new MixtureConfig
            {
                Datasets = new Dictionary<string, MixtureEntry>
                {
                    ["edr"] = new() { Weight = 2, Dataset = SyntheticEpisodes.Config(edr) },
                    ["kuka"] = new() { Weight = 1, Dataset = SyntheticEpisodes.Config(kuka) },
                },
            };
        }

        public MixtureConfig Config { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
