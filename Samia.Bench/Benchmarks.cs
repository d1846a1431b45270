namespace Samia.Bench;

/// <summary>One line of the table.</summary>
/// <param name="Name">What <c>./samia bench NAME</c> chooses it by.</param>
/// <param name="Ratio">Samia's figure over the figure of what ran beside it.</param>
/// <param name="Aim">What the ratio should be, such as <c>at least 1.0</c>.</param>
/// <param name="Holds">Whether it is.</param>
/// <param name="Note">The two figures with their units.</param>
public sealed record BenchResult(string Name, double Ratio, string Aim, bool Holds, string Note);

/// <summary>Something that can be measured.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task<BenchResult> MeasureAsync(BenchCluster cluster, CancellationToken cancellationToken);
}

internal static class Benchmarks
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new WebhookIngest(),
        new ConversationListPage("list-first-page", page: 1),
        new ConversationListPage("list-page-100", page: 100),
        new ConversationListGrowth(),
        new RlsCost(),
    ];
}
