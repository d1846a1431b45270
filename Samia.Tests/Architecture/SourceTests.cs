using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>Habits that hold in every file.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 250;

    [Theory]
    [InlineData("Samia.Data")]
    [InlineData("Samia.Inbox")]
    public void Time_comes_from_a_TimeProvider(string project) =>
        Assert.Empty(Sources.Of(project, ".cs", ".razor").Where(f => Clock().IsMatch(f.Code)).Select(f => f.Path));

    [Theory]
    [InlineData("Samia.Data")]
    [InlineData("Samia.Inbox")]
    [InlineData("Samia.Local")]
    [InlineData("Samia.Bench")]
    [InlineData("Samia.Tests")]
    public void A_file_is_short_enough_to_have_one_job(string project) =>
        Assert.Empty(Sources.Of(project, ".cs", ".razor", ".css", ".js")
            .Where(f => f.Text.Count(c => c == '\n') > MaxLines).Select(f => f.Path));

    [Theory]
    [InlineData("Samia.Data")]
    [InlineData("Samia.Inbox")]
    [InlineData("Samia.Local")]
    public void Nothing_blocks_on_a_task_and_nothing_is_async_void(string project) =>
        Assert.Empty(Sources.Of(project, ".cs", ".razor").Where(f => Blocking().IsMatch(f.Code)).Select(f => f.Path));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\basync void\b|\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();
}
