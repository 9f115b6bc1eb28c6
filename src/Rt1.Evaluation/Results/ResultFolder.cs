using System.Text.Json;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>
/// An evaluation on disk: <c>results.json</c>, <c>episodes.jsonl</c> (a line for each episode), plots, and the definitions of the suites under
/// <c>suites/</c>.
/// </summary>
public static class ResultFolder
{
    public const string ResultsFile = "results.json";
    public const string EpisodesFile = "episodes.jsonl";
    private const string SuitesFolder = "suites";

    /// <summary>Makes the folder, before anything is run for it.</summary>
    /// <exception cref="Rt1Exception">It holds results already.</exception>
    public static void Prepare(string folder)
    {
        if (File.Exists(Path.Combine(folder, ResultsFile)))
            throw new Rt1Exception($"{folder}: holds the results of an evaluation already; name another folder with --out.");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes everything; <c>results.json</c> comes last, so that a folder that has it is complete.</summary>
    /// <param name="definitions">The suites as YAML, by name.</param>
    public static void Write(
        string folder, EvaluationResult result, IReadOnlyList<EpisodeResult> episodes, IReadOnlyDictionary<string, string> definitions)
    {
        Directory.CreateDirectory(Path.Combine(folder, SuitesFolder));
        foreach (var (name, yaml) in definitions)
            File.WriteAllText(DefinitionFile(folder, name), yaml);
        File.WriteAllText(Path.Combine(folder, EpisodesFile), string.Concat(episodes.Select(e => EvaluationJson.Line(e) + "\n")));
        SuccessPlots.Write(result, folder);
        File.WriteAllText(Path.Combine(folder, ResultsFile), EvaluationJson.Text(result) + "\n");
    }

    /// <summary>Reads what was evaluated, and every episode.</summary>
    /// <exception cref="Rt1Exception">A file is missing or damaged, or episodes are missing.</exception>
    public static (EvaluationPlan Plan, IReadOnlyList<EpisodeResult> Episodes) Read(string folder)
    {
        if (!File.Exists(Path.Combine(folder, ResultsFile)))
            throw new Rt1Exception($"{folder}: has no {ResultsFile}; expected a folder that 'rt1 evaluate --out' has written to its end.");
        var plan = Parse<EvaluationResult>(File.ReadAllText(Path.Combine(folder, ResultsFile)), $"{folder}/{ResultsFile}").Plan;
        var lines = File.Exists(Path.Combine(folder, EpisodesFile)) ? File.ReadAllLines(Path.Combine(folder, EpisodesFile)) : [];
        var episodes = lines.Select((line, i) => Parse<EpisodeResult>(line, $"{folder}/{EpisodesFile}:{i + 1}")).ToList();
        var expected = plan.Definitions.Keys.SelectMany(suite => plan.Indices().Select(index => (suite, index)));
        if (expected.Except(episodes.Select(e => (e.Suite, e.Index))).FirstOrDefault() is (string name, var missing))
            throw new Rt1Exception($"{folder}/{EpisodesFile}: lacks episode {missing} of suite '{name}'; run it again.");
        if (episodes.Count != plan.Definitions.Count * plan.Indices().Count())
            throw new Rt1Exception($"{folder}/{EpisodesFile}: holds an episode twice, or one of another evaluation; run it again.");
        return (plan, episodes);
    }

    /// <summary>The suites' definitions as YAML, by name.</summary>
    /// <exception cref="Rt1Exception">One is missing.</exception>
    public static IReadOnlyDictionary<string, string> ReadDefinitions(string folder, EvaluationPlan plan)
    {
        string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : throw new Rt1Exception($"{file}: is missing.");
        return plan.Definitions.Keys.ToDictionary(name => name, name => Read(DefinitionFile(folder, name)));
    }

    private static string DefinitionFile(string folder, string suite) => Path.Combine(folder, SuitesFolder, $"{suite}.yaml");

    private static T Parse<T>(string json, string where) where T : class
    {
        try
        {
            return EvaluationJson.Read<T>(json);
        }
        catch (JsonException e)
        {
            throw new Rt1Exception($"{where}: is damaged, or of another version of Rt1: {e.Message}", e);
        }
    }
}
