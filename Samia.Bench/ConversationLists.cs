namespace Samia.Bench;

/// <summary>A page of a large business's list, beside the best hand-written SQL as the owner without RLS.</summary>
internal sealed class ConversationListPage(string name, int page) : IBenchmark
{
    private const int Conversations = 1_000_000;
    private const int Rounds = 2000;

    public string Name => name;

    public async Task<BenchResult> MeasureAsync(BenchCluster cluster, CancellationToken cancellationToken)
    {
        await using var list = await ListReader.OpenAsync(cluster, Conversations, page, cancellationToken);
        await using var sql = await HandWrittenList.OpenAsync(cluster, list.BusinessId, list.Cursor, cancellationToken);
        var (ours, theirs) = await Sides.CompareAsync(
            () => list.ReadAsync(cancellationToken), () => sql.ReadAsync(cancellationToken), Rounds, cancellationToken);
        var ratio = ours / theirs;
        return new BenchResult(name, ratio, "at most 1.1", ratio <= 1.1,
            $"{ours:0} µs beside {theirs:0} µs of hand-written SQL, {ListReader.PageSize} of {Conversations:N0} conversations, median of {Rounds}");
    }
}

/// <summary>The first page of a business with 1,000,000 conversations, beside one with 10,000.</summary>
internal sealed class ConversationListGrowth : IBenchmark
{
    private const int Rounds = 2000;

    public string Name => "list-growth";

    public async Task<BenchResult> MeasureAsync(BenchCluster cluster, CancellationToken cancellationToken)
    {
        await using var large = await ListReader.OpenAsync(cluster, 1_000_000, page: 1, cancellationToken);
        await using var small = await ListReader.OpenAsync(cluster, 10_000, page: 1, cancellationToken);
        var (ours, theirs) = await Sides.CompareAsync(
            () => large.ReadAsync(cancellationToken), () => small.ReadAsync(cancellationToken), Rounds, cancellationToken);
        var ratio = ours / theirs;
        return new BenchResult(Name, ratio, "at most 1.3", ratio <= 1.3,
            $"{ours:0} µs at 1,000,000 beside {theirs:0} µs at 10,000 conversations, median of {Rounds}");
    }
}
