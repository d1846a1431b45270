using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Samia.Tests.Support;

/// <summary>Waits for what happens in the background, and says what did not.</summary>
public static class Eventually
{
    public static Task TrueAsync(
        Func<bool> condition, int seconds = 60, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), seconds, what);

    public static async Task TrueAsync(
        Func<Task<bool>> condition, int seconds = 60, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
