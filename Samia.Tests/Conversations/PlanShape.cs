using System.Text.Json.Nodes;

namespace Samia.Tests.Conversations;

/// <summary>
/// How a plan reaches its rows: the kinds of its nodes, the tables and the indexes, one node a line. What asks a policy
/// for the tenant, once for each statement, is no way to a row and left out.
/// </summary>
public static class PlanShape
{
    /// <param name="plan">What <c>explain (verbose, format json)</c> answers.</param>
    public static string Of(string plan) =>
        string.Join('\n', Lines(JsonNode.Parse(plan)![0]!["Plan"]!.AsObject(), 0));

    private static IEnumerable<string> Lines(JsonObject node, int depth)
    {
        if (AsksForTheTenant(node))
        {
            return [];
        }

        var children = node["Plans"]?.AsArray().Select(child => child!.AsObject()).ToList() ?? [];
        if (node["One-Time Filter"] is not null)
        {
            // Two tables have each asked for the tenant, and it is asked once whether both were told the same.
            return children.SelectMany(child => Lines(child, depth));
        }

        string?[] parts = [(string?)node["Node Type"], (string?)node["Join Type"], (string?)node["Scan Direction"],
            (string?)node["Index Name"], (string?)node["Relation Name"]];
        var line = new string(' ', 2 * depth) + string.Join(' ', parts.Where(p => p is not null));
        return [line, .. children.SelectMany(child => Lines(child, depth + 1))];
    }

    private static bool AsksForTheTenant(JsonObject node) => (string?)node["Parent Relationship"] == "InitPlan" && node["Plans"] is null
        && node["Output"]?.AsArray() is [{ } output] && output.ToString().Contains("app.business_id");
}
