using System.Text.Json.Nodes;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>Puts the shards of an evaluation together, to exactly what one run of it gives.</summary>
public static class ShardMerge
{
    /// <param name="folders">The shards' folders, in any order.</param>
    /// <param name="target">The folder to write.</param>
    /// <exception cref="Rt1Exception">Shards are missing or there twice, or are not of the same evaluation.</exception>
    public static EvaluationResult Run(IReadOnlyList<string> folders, string target)
    {
        if (folders.Count == 0)
            throw new Rt1Exception("evaluate merge: needs the folders of the shards.");
        ResultFolder.Prepare(target);
        var shards = folders.Select(folder => (Folder: folder, Content: ResultFolder.Read(folder))).ToList();
        RequireSamePlan([.. shards.Select(s => (s.Folder, s.Content.Plan))]);
        RequireAllShards([.. shards.Select(s => (s.Folder, s.Content.Plan.Shard!))]);

        var plan = shards[0].Content.Plan with { Shard = null };
        var order = plan.Definitions.Keys.ToList();
        var episodes = shards.SelectMany(s => s.Content.Episodes).OrderBy(e => order.IndexOf(e.Suite)).ThenBy(e => e.Index).ToList();
        var result = EvaluationResult.Of(plan, episodes);
        ResultFolder.Write(target, result, episodes, ResultFolder.ReadDefinitions(folders[0], plan));
        return result;
    }

    private static void RequireSamePlan(IReadOnlyList<(string Folder, EvaluationPlan Plan)> shards)
    {
        foreach (var (folder, plan) in shards)
        {
            if (plan.Shard is null)
                throw new Rt1Exception($"{folder}: is a whole evaluation and no shard; only what 'rt1 evaluate --shard I/N' wrote is merged.");
            if (Difference(Json(shards[0].Plan), Json(plan), "") is { } difference)
                throw new Rt1Exception($"{shards[0].Folder} and {folder} are not of the same evaluation: {difference}.");
        }
    }

    private static void RequireAllShards(IReadOnlyList<(string Folder, Shard Shard)> shards)
    {
        var count = shards[0].Shard.Count;
        foreach (var group in shards.GroupBy(s => s.Shard))
        {
            if (group.Key.Count != count)
            {
                throw new Rt1Exception(
                    $"{shards[0].Folder} and {group.First().Folder} are not of the same evaluation: one of {count} shards, one of {group.Key.Count}.");
            }
            if (group.Skip(1).FirstOrDefault() is { Folder: not null } again)
                throw new Rt1Exception($"shard {group.Key} is there twice: {group.First().Folder} and {again.Folder}.");
        }
        var missing = Enumerable.Range(0, count).Except(shards.Select(s => s.Shard.Index)).Select(i => new Shard(i, count)).ToList();
        if (missing.Count > 0)
            throw new Rt1Exception($"shards are missing: {string.Join(", ", missing.Take(20))}{(missing.Count > 20 ? ", …" : "")}.");
    }

    private static JsonNode? Json(EvaluationPlan plan) => JsonNode.Parse(EvaluationJson.Line(plan with { Shard = null }));

    /// <summary>The first value that differs, with its place; null when none does. The order of the suites counts.</summary>
    private static string? Difference(JsonNode? one, JsonNode? other, string where)
    {
        if (one is JsonObject a && other is JsonObject b && a.Select(p => p.Key).SequenceEqual(b.Select(p => p.Key)))
            return a.Select(p => Difference(p.Value, b[p.Key], where.Length == 0 ? p.Key : $"{where}.{p.Key}")).FirstOrDefault(d => d is not null);
        return JsonNode.DeepEquals(one, other) && one is not JsonObject ? null : $"{where} is {Show(one)} in one and {Show(other)} in the other";
    }

    private static string Show(JsonNode? node) => node is JsonObject section ? string.Join(", ", section.Select(p => p.Key)) : node?.ToJsonString() ?? "null";
}
